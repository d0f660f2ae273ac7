import { createHash } from "node:crypto"

/** Answers the key of a thing from what makes it that thing, so that each scan gives it the same one. */
export function stableKey(kind: "agent" | "credential" | "mcp-server", identity: readonly unknown[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([kind, ...identity]))
    .digest("hex")
  return `${kind}:${digest.slice(0, 32)}`
}
