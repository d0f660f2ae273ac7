import { createHash } from "node:crypto"
import { canonicalText, type JsonObject } from "@tabard/core"

/** The one digest of a tool's definition: SHA-256 over its canonical text, base64url. Pinning and checking share it. */
export function toolDigest(definition: JsonObject): string {
  return createHash("sha256").update(canonicalText(definition)).digest("base64url")
}
