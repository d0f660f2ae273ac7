import { createHash } from "node:crypto"

/** What is kept of a handle. A handle has 128 random bits or more, so one round of SHA-256 cannot be searched. */
export function handleHash(handle: string): string {
  return createHash("sha256").update(handle).digest("base64url")
}
