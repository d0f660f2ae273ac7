import type { IncomingMessage, ServerResponse } from "node:http"
import { sessionUser } from "@tabard/control"
import { sessionToken } from "../../http/session-cookie.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import type { Callback } from "../token-endpoint.ts"
import { findClientRequest } from "./client-request.ts"
import { answerDeviceAuthorization } from "./device-code.ts"
import { AUTHORIZE, DEVICE, PUSH, REGISTER } from "./people-routes.ts"
import { answerRegistration } from "./register-client.ts"

/** The addresses of what people take part in. */
export interface PeopleEndpoints {
  handles(path: string): boolean
  callback(request: IncomingMessage, response: ServerResponse): Promise<void>
}

/** Routes people's browsers and the programs that lead them to the library, and nobody else's browser back from it. */
export function peopleEndpoints(settings: IssuerSettings, library: Callback): PeopleEndpoints {
  const mount = new URL(settings.issuer).pathname.replace(/\/$/, "")
  const begins = mount + AUTHORIZE
  const ours = new Map([
    [mount + DEVICE, answerDeviceAuthorization],
    [mount + REGISTER, answerRegistration],
  ])
  const programs: readonly string[] = [mount + PUSH, ...ours.keys()]
  const { begun } = settings
  const idIn = (path: string): string | undefined =>
    path.startsWith(`${begins}/`) ? path.slice(begins.length + 1) : undefined
  return {
    handles: (path) => path === begins || programs.includes(path) || /^[\w-]{1,64}$/.test(idIn(path) ?? ""),
    callback: async (request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? ""
      const refusal = programs.includes(path) ? refusedProgram(request) : refusedBrowser(request)
      if (refusal) return answerEmpty(response, refusal.status, refusal.headers)
      const id = idIn(path)
      const wait = id === undefined ? begun(settings.addressOf(request)) : 0
      if (wait > 0) return answerEmpty(response, 429, { "retry-after": String(wait) })
      const own = ours.get(path)
      if (own) return own(settings, { request, response })
      if (id !== undefined && !(await isAnswerers(settings, id, request)))
        return answerEmpty(response, 303, { location: "/consent/refused?error=another_person" })
      return library(request, response)
    },
  }
}

interface Refused {
  readonly status: number
  readonly headers: Record<string, string>
}

/** A page of a site leads a browser here, and asks for nothing by itself. */
function refusedProgram({ method, headers }: IncomingMessage): Refused | undefined {
  if (method !== "POST") return { status: 405, headers: { allow: "POST" } }
  return headers.origin === undefined ? undefined : { status: 403, headers: {} }
}

function refusedBrowser({ method }: IncomingMessage): Refused | undefined {
  return method === "GET" ? undefined : { status: 405, headers: { allow: "GET" } }
}

/**
 * Whoever answered has to be who goes on. A request's address can be sent to somebody else: they would say yes to it in
 * their own name, and the browser that began it would go on with their code.
 */
async function isAnswerers(
  { shelf, clock, issuer }: IssuerSettings,
  id: string,
  { headers }: IncomingMessage,
): Promise<boolean> {
  const answered = (await findClientRequest(shelf, id, clock.now()))?.answeredBy
  if (!answered) return true
  const { origin } = new URL(issuer)
  const token = sessionToken(new Request(origin, { headers: { cookie: headers.cookie ?? "" } }), origin)
  const signedIn = token && (await sessionUser({ ...shelf, clock }, token))
  return signedIn ? signedIn.user.id === answered : false
}

function answerEmpty(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, "cache-control": "no-store", "content-length": 0 }).end()
}
