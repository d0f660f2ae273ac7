import { Secret } from "@tabard/core"
import { type Fingerprint, fingerprintUnder } from "@tabard/scan"
import type { ApiServices } from "./services.ts"

/**
 * Answers how scans and reporters make fingerprints, by which they know an API token where they find it; undefined where this
 * process does not play the scanner.
 */
export function tokenFingerprint({
  fingerprintKey,
}: Pick<ApiServices, "fingerprintKey">): Fingerprint | undefined {
  if (fingerprintKey === null) return undefined
  return fingerprintUnder(new Secret(Buffer.from(fingerprintKey).toString("base64")))
}
