import type { RequestListener } from "node:http"
import type { Config } from "../config.ts"
import { listen } from "./listen.ts"
import { securityHeadersOf } from "./security-headers.ts"

/** A door that is open before anybody stands behind it. */
export interface OpenDoor extends AsyncDisposable {
  /** The address of the bind. */
  readonly address: string
  /** Puts somebody behind the door; until then it asks to come back. */
  answer(listener: RequestListener): void
}

/** Takes the port. */
export async function openDoor(config: Pick<Config, "host" | "port" | "tls" | "proxies">): Promise<OpenDoor> {
  let behind = comeBack(config.tls !== null)
  const listening = await listen(config, (request, response) => behind(request, response))
  const host = config.host.includes(":") ? `[${config.host}]` : config.host
  return {
    // As a client spells it, without the port that the scheme has by itself: the issuer's name is made of it.
    address: new URL(`${config.tls ? "https" : "http"}://${host}:${listening.port}`).origin,
    answer: (listener) => {
      behind = listener
    },
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  }
}

function comeBack(https: boolean): RequestListener {
  const headers = {
    ...Object.fromEntries(securityHeadersOf(https)),
    "retry-after": "1",
    "cache-control": "no-store",
  }
  return (_, response) => void response.writeHead(503, headers).end()
}
