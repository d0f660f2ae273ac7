import { problemJson } from "../http/problem-json.ts"

/**
 * Answers why a request is not let in, or undefined. A browser names the site that a script came from: only our own may
 * speak here. A name that is not ours in Host is a foreign name that was made to point at us (DNS rebinding).
 */
export function refuseRequest(request: Request, hosts: ReadonlySet<string>): Response | undefined {
  const host = request.headers.get("host")?.toLowerCase()
  if (host === undefined || !hosts.has(host)) {
    return problemJson(403, "not_allowed", "this server is not known under the host name that was used")
  }
  const origin = request.headers.get("origin")
  if (origin !== null && hostOf(origin) !== host) {
    return problemJson(403, "cross_site_request", "requests from other web sites are refused")
  }
  const kind = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase()
  if (kind !== "application/json") {
    return problemJson(415, "body_invalid", "send the message as application/json")
  }
  return undefined
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
