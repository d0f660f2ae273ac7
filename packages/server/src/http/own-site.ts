import { Problem } from "@tabard/core"
import type { MiddlewareHandler } from "hono"

/**
 * Refuses a Host that is not ours: a page of another site whose name was pointed at this machine (DNS rebinding) must
 * not be answered. Where the request's first line names a host as well, that one counts (RFC 9112 §3.2.2).
 */
export function ownHost(hosts: ReadonlySet<string>): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? ""
    if (!hosts.has(host) || !hosts.has(new URL(context.req.url).host))
      throw new Problem("cross_site_request", "this server does not answer to that name")
    await next()
  }
}

/** What tells a write of ours from another site's. */
export interface OwnSite {
  readonly origins: ReadonlySet<string>
  /** Whether the header is demanded, as it is wherever a cookie speaks for a person. */
  readonly header: boolean
}

/** What a browser says of a request that this origin's own page sent, or that a person typed (Fetch Metadata §2.3). */
const OWN_FETCH_SITES: readonly (string | null)[] = [null, "same-origin", "none"]

/**
 * Refuses a write that another site could have made a browser send: one with a foreign Origin, one of which the browser
 * says that another site sent it, or one without the header that a form cannot set.
 *
 * @throws {Problem} cross_site_request
 */
export function assertOwnSite(request: Request, { origins, header }: OwnSite): void {
  const origin = request.headers.get("origin")
  const isForeign =
    (origin !== null && !origins.has(origin)) ||
    !OWN_FETCH_SITES.includes(request.headers.get("sec-fetch-site"))
  if (isForeign || (header && request.headers.get("x-tabard") !== "1")) {
    throw new Problem(
      "cross_site_request",
      "send this from the console itself, or with the header x-tabard: 1",
    )
  }
}

/** Answers the values of Host that are ours: the public one, and on loopback its other name. */
export function hostsOf(publicUrl: string): ReadonlySet<string> {
  const { host, hostname, port } = new URL(publicUrl)
  const loopback = hostname === "127.0.0.1" || hostname === "localhost"
  // The port that a scheme has by itself is in no Host.
  const end = port === "" ? "" : `:${port}`
  return new Set(loopback ? [`127.0.0.1${end}`, `localhost${end}`] : [host])
}
