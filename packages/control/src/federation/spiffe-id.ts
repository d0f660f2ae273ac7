/** SPIFFE IDs: https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md */
import type { Json } from "@tabard/core"

const TRUST_DOMAIN = /^spiffe:\/\/[a-z0-9._-]{1,255}$/
const SEGMENT = /^[A-Za-z0-9._-]+$/
const MOST_BYTES = 2048

/** Answers the trust domain of a SPIFFE ID, as `spiffe://name`, or undefined where the value is no SPIFFE ID (§2). */
export function trustDomainOf(id: Json | undefined): string | undefined {
  if (typeof id !== "string" || id.length > MOST_BYTES) return undefined
  const at = id.indexOf("/", "spiffe://".length)
  const [domain, path] = at === -1 ? [id, ""] : [id.slice(0, at), id.slice(at + 1)]
  if (!TRUST_DOMAIN.test(domain)) return undefined
  return at === -1 || path.split("/").every(isSegment) ? domain : undefined
}

/** A segment is never empty, and never leads elsewhere (§2.2). */
function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) && segment !== "." && segment !== ".."
}
