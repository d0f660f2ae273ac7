import type { IncomingHttpHeaders } from "node:http"

/** What is told to whoever is not let in. */
export interface LocalRefusal {
  readonly status: 403 | 421
  readonly detail: string
}

/**
 * Answers why a request on this machine is refused; undefined where it may pass. A browser says where a page comes from,
 * or that it is one: no page has a business here. A name other than our own may have been pointed at this machine (DNS
 * rebinding).
 */
export function refuseLocal(
  headers: IncomingHttpHeaders,
  port: number | undefined,
): LocalRefusal | undefined {
  const { host, origin } = headers
  // Programs that borrow the browsers' `fetch` say sec-fetch-mode too; only a browser says which site a page is of.
  if (origin !== undefined || headers["sec-fetch-site"] !== undefined)
    return { status: 403, detail: "A page in a browser may not use an agent's token." }
  if (host !== undefined && ownNames(port).includes(host)) return undefined
  return { status: 421, detail: `Ask for ${ownNames(port).join(" or ")}; ${String(host)} is not here.` }
}

function ownNames(port: number | undefined): readonly string[] {
  return port === undefined ? ["localhost"] : ["localhost", `localhost:${port}`, `127.0.0.1:${port}`]
}
