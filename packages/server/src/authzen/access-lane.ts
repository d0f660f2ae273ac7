import type { IncomingMessage, ServerResponse } from "node:http"
import { AGENTS_APPLICATION, type RegisteredPoint } from "@tabard/control"
import { jsonText } from "../http/json-text.ts"
import { type AccessDoorDeps, refusalOf } from "./access-door.ts"
import { AccessRefused, malformed } from "./access-refused.ts"
import { APPLICATIONS_PATH, ENDPOINTS } from "./addresses.ts"
import { answerEvaluation, answerEvaluations } from "./answer-question.ts"
import type { KnownPoints } from "./known-points.ts"
import { isJson, MOST_BODY_BYTES, parseAccessBody } from "./read-access-body.ts"

/** What the lane is made from: what the door is, and who is known afresh. */
export interface AccessLaneDeps extends Pick<AccessDoorDeps, "pointFor" | "keepFor" | "onFault" | "slug"> {
  readonly points: Pick<KnownPoints, "fresh">
}

/** Answers whether it takes a request, to answer it with these headers besides. */
export type AccessLane = (
  request: IncomingMessage,
  response: ServerResponse,
  always: readonly (readonly [string, string])[],
) => boolean

type How = typeof answerEvaluation

const HOW: readonly (readonly [string, How])[] = [
  [ENDPOINTS.access_evaluation_endpoint, answerEvaluation],
  [ENDPOINTS.access_evaluations_endpoint, answerEvaluations],
]

/** A question that can be answered at once: of whom, to which application, and how. */
interface Direct {
  readonly point: RegisteredPoint
  readonly application: string
  readonly how: How
}

/**
 * Answers the questions of points that are known afresh as the door does, without making a web request of each: that alone
 * costs more than the answer. Whatever is not as usual is left to the door.
 */
export function accessLane(deps: AccessLaneDeps): AccessLane {
  return (request, response, always) => {
    const direct = directIn(deps, request)
    if (!direct) return false
    const id = request.headers["x-request-id"]
    if (typeof id === "string") response.setHeader("x-request-id", id)
    for (const [name, value] of always) response.setHeader(name, value)
    answer(deps, request, direct)
      .then((text) => response.writeHead(200, ANSWERED).end(text))
      .catch((error: unknown) => refuse(deps, response, error))
    return true
  }
}

const ANSWERED = { "content-type": "application/json", "cache-control": "no-store" } as const

const ADDRESS = new RegExp(`^(?:${APPLICATIONS_PATH}/([^/?%]+))?(/access/v1/[a-z]+)$`)

function directIn({ points, slug }: AccessLaneDeps, request: IncomingMessage): Direct | undefined {
  if (!isUsual(request)) return undefined
  const [, application = AGENTS_APPLICATION, path] = ADDRESS.exec(below(slug, request.url ?? "")) ?? []
  const [, how] = HOW.find(([known]) => known === path) ?? []
  const point = how && points.fresh(tokenIn(request))
  return point && { point, application, how }
}

/** An API token; what is none is nobody's. */
function tokenIn({ headers }: IncomingMessage): string {
  return /^Bearer (tbd_\w+)$/.exec(headers.authorization ?? "")?.[1] ?? ""
}

function isUsual({ method, headers }: IncomingMessage): boolean {
  return method === "POST" && isJson(headers["content-type"]) && headers["content-encoding"] === undefined
}

/** An organisation's own addresses are those at the root. */
function below(slug: string, url: string): string {
  const own = `/o/${slug}/`
  return url.startsWith(own) ? url.slice(own.length - 1) : url
}

async function answer(
  { pointFor, keepFor }: AccessLaneDeps,
  request: IncomingMessage,
  { point, application, how }: Direct,
): Promise<string> {
  const caller = { kind: "point", point } as const
  const asked = await pointFor(application, caller)
  const text = await textOf(request)
  if (!asked) throw new AccessRefused(404, "application_not_found", "there is no such application here")
  return jsonText(await how(asked, keepFor(caller), parseAccessBody(text)))
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let read = 0
    request
      .on("data", (chunk: Buffer) => {
        read += chunk.length
        if (read <= MOST_BODY_BYTES) chunks.push(chunk)
        else
          reject(new AccessRefused(413, "body_too_large", `the body is larger than ${MOST_BODY_BYTES} bytes`))
      })
      .once("error", () => reject(malformed("the body could not be read to its end")))
      .once("end", () => resolve(decoded(Buffer.concat(chunks), reject)))
  })
}

const UTF8 = new TextDecoder("utf-8", { fatal: true })

function decoded(bytes: Buffer, reject: (error: AccessRefused) => void): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    reject(malformed("the body could not be read to its end as UTF-8 text"))
    return ""
  }
}

async function refuse(deps: AccessLaneDeps, response: ServerResponse, error: unknown): Promise<void> {
  const { status, headers, ...refusal } = await said(refusalOf(deps, error))
  response.writeHead(status, headers).end(refusal.text)
}

async function said(
  refusal: Response,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  return { status: refusal.status, headers: Object.fromEntries(refusal.headers), text: await refusal.text() }
}
