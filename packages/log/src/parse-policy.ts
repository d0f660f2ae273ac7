// Reads trust policies of https://c2sp.org/tlog-policy.
import type { Sha256 } from "./hashing.ts"
import { MalformedRecord } from "./log-errors.ts"
import { PolicyLines } from "./policy-lines.ts"
import type { TrustPolicy } from "./trust-policy.ts"

const MAX_POLICY_BYTES = 1_000_000

/**
 * Reads a policy whole, or refuses it with the line that is wrong.
 *
 * @throws {MalformedRecord} at the first line that the specification does not allow
 */
export function parsePolicy(sha256: Sha256, bytes: Uint8Array): TrustPolicy {
  if (bytes.length > MAX_POLICY_BYTES) {
    throw new MalformedRecord(`a policy has at most ${MAX_POLICY_BYTES} bytes, not ${bytes.length}`)
  }
  const lines = new PolicyLines(sha256)
  for (const [place, line] of linesOf(bytes).entries()) {
    try {
      lines.take(itemsOf(line))
    } catch (cause) {
      if (!(cause instanceof MalformedRecord)) throw cause
      throw new MalformedRecord(`line ${place + 1} of the policy: ${cause.message}`, { cause })
    }
  }
  return lines.policy()
}

/** Every byte becomes one character, so that names are compared as the bytes they are, whatever they spell. */
function linesOf(bytes: Uint8Array): readonly string[] {
  return Array.from(bytes, (byte) => String.fromCharCode(byte))
    .join("")
    .split("\n")
}

/** Answers the words of a line: none where it is empty or a comment. */
function itemsOf(line: string): readonly string[] {
  const wrong = /[^\t\x20-\x7e\x80-\xff]/.exec(line)
  if (wrong) {
    const code = wrong[0].charCodeAt(0).toString(16).padStart(2, "0")
    throw new MalformedRecord(`byte 0x${code} has no place in a policy; end lines with a newline alone`)
  }
  const items = line.split(/[ \t]+/).filter((item) => item !== "")
  return items[0]?.startsWith("#") ? [] : items
}
