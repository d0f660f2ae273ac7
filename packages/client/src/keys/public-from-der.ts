import { createPublicKey } from "node:crypto"
import { type PublicKey, parsePublicKey } from "../key.ts"
import { KeyUnavailable } from "./run-tool.ts"

/** Answers the key that a token tells of itself. */
export function publicFromDer(der: Buffer): PublicKey {
  try {
    return parsePublicKey(
      createPublicKey({ key: der, format: "der", type: "spki" }).export({ format: "jwk" }),
    )
  } catch (cause) {
    throw new KeyUnavailable("What the token holds there is no P-256 key.", { cause })
  }
}

/** A key that lies where ours lay is not ours: what was enrolled is a public half, not a place. */
export function assertSameKey(found: PublicKey, expected: PublicKey, place: string): void {
  if (found.x !== expected.x || found.y !== expected.y)
    throw new KeyUnavailable(`At ${place} there is another key than the one that was enrolled.`)
}
