import { createHash } from "node:crypto"

/** Answers what is kept of a one-time code. The code is 128 random bits, so one plain SHA-256 keeps it secret. */
export function enrolmentCodeHash(code: string): string {
  return createHash("sha256").update(code).digest("base64url")
}
