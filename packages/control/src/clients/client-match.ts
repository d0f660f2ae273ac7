import { isId, Problem } from "@tabard/core"

/**
 * Lets through what a client can be found by: the id of a registered one, the address that another names itself by, or
 * the host of such an address as an address is written. Anything else would be a rule that never holds.
 *
 * @throws {Problem} body_invalid
 */
export function assertClientMatch(match: string): void {
  if (isId("client", match) || isAddress(match) || isHost(match)) return
  throw new Problem(
    "body_invalid",
    "a rule names a client by its id, by its https address, or by the host of that address in lower case",
  )
}

function isAddress(match: string): boolean {
  return match.startsWith("https://") && URL.canParse(match)
}

/** Stars and underscores may stand in an address, and in no host's name. */
function isHost(match: string): boolean {
  return !/[*_]/.test(match) && URL.parse(`https://${match}`)?.host === match
}
