/** A slash, a dot or a backslash that another reader of the path might see differently. */
const DISGUISED = /%2e|%2f|%5c/i

/**
 * Answers the address where it lies at or below the resource that tokens are for; undefined where it does not, or where
 * that depends on who reads it.
 */
export function withinResource(resource: string, address: string): URL | undefined {
  const [base, url] = [new URL(resource), URL.parse(address, resource)]
  if (!url || url.origin !== base.origin || url.username || url.password || url.hash) return undefined
  const path = base.pathname.replace(/\/$/, "")
  const isWithin = url.pathname === base.pathname || url.pathname.startsWith(`${path}/`)
  return isWithin && !DISGUISED.test(url.pathname) ? url : undefined
}
