import { Problem } from "@tabard/core"

/** The hosts at which a program on the person's own machine listens. */
const LOOPBACK: readonly string[] = ["127.0.0.1", "[::1]", "localhost"]
const MAX_CHARS = 2000

/** What a redirect address may look like, in words. */
export const REDIRECT_RULE =
  "an https:// address, http:// on 127.0.0.1, [::1] or localhost, or a scheme of the program's own with a dot in it; without a fragment, a user or a wildcard"

/**
 * Refuses an address that a code must not be sent to: in the clear over a network, to another program on the machine
 * (a scheme that any program may claim), or to a page that a fragment or a user name makes look like another's.
 *
 * @throws {Problem} body_invalid
 */
export function assertRedirectUri(text: string): void {
  if (isRedirectUri(text)) return
  throw new Problem(
    "body_invalid",
    `${text.slice(0, 200)} is no redirect address: it has to be ${REDIRECT_RULE}`,
  )
}

/** Answers whether a code may be sent to an address. */
export function isRedirectUri(text: string): boolean {
  return text.length <= MAX_CHARS && isSafe(text)
}

/** Answers whether an address leads to a program on the person's own machine. */
export function isLoopback(text: string): boolean {
  return URL.canParse(text) && LOOPBACK.includes(new URL(text).hostname)
}

function isSafe(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes("*") || text.includes("\\") || !URL.canParse(text))
    return false
  const { protocol, username, password } = new URL(text)
  if (text.includes("#") || username || password) return false
  if (protocol === "https:") return true
  if (protocol === "http:") return isLoopback(text)
  // Reverse domain names alone (RFC 8252 §7.1): `javascript:` and its like have no dot.
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(protocol)
}
