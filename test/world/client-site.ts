import { once } from "node:events"
import { createServer } from "node:https"
import tls from "node:tls"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"

/** What a client's site answers at an address. */
export interface SiteAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** How long it takes. */
  readonly afterMs?: number
}

/** A site over TLS on loopback at which a client describes itself, believed in this process alone. */
export interface ClientSite extends AsyncDisposable {
  readonly origin: string
  /** What it was asked for. */
  readonly asked: readonly string[]
  /** Says what is at an address, and answers that address. */
  put(path: string, answer: SiteAnswer): string
  /** The same for a client's description, with its address as its id. */
  describe(path: string, members?: Readonly<Record<string, unknown>>): string
}

/** Opens one. */
export async function openClientSite(): Promise<ClientSite> {
  const { certificate, key } = selfSigned("a client's site")
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), certificate])
  const answers = new Map<string, SiteAnswer>()
  const asked: string[] = []
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const path = request.url ?? ""
    asked.push(path)
    const { status = 200, headers = {}, body, afterMs = 0 } = answers.get(path) ?? { status: 404, body: "" }
    setTimeout(() => response.writeHead(status, { ...headers }).end(body), afterMs).unref()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const origin = `https://localhost:${typeof address === "object" ? address?.port : ""}`
  const put: ClientSite["put"] = (path, answer) => {
    answers.set(path, answer)
    return origin + path
  }
  return {
    origin,
    asked,
    put,
    describe: (path, members = {}) => {
      const redirect_uris = ["http://127.0.0.1:4711/callback"]
      const grant_types = ["authorization_code", "refresh_token"]
      const described = {
        client_id: origin + path,
        client_name: "Desk",
        redirect_uris,
        grant_types,
        ...members,
      }
      return put(path, { headers: { "content-type": "application/json" }, body: JSON.stringify(described) })
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
