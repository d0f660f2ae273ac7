import type { Credentials } from "./credentials.ts"
import type { AgentKey } from "./keys/key-reference.ts"
import { storageOf } from "./keys/key-reference.ts"
import { type Now, rotationProof } from "./proofs.ts"
import { refusedBy } from "./refused.ts"

/** How an install's key is rotated. */
export interface RotateOptions {
  readonly credentials: Credentials
  /** The key that is to follow. */
  readonly next: AgentKey
  /** How long both work; the server's ten minutes where nothing is said. */
  readonly overlapSeconds?: number | undefined
  readonly fetch?: typeof fetch
  readonly now?: Now
}

/** What is to be saved, and until when the earlier key works. */
export interface Rotated {
  readonly credentials: Credentials
  readonly earlierKeyEndsAt: Date | null
}

/**
 * Puts `next` in the place of the credentials' key, which signs for it. The install stays what it is, and both keys work
 * for a while: save what is answered before the earlier one ends.
 *
 * @throws {Refused} where the server says no
 */
export async function rotate(options: RotateOptions): Promise<Rotated> {
  const { credentials, next, overlapSeconds, fetch = globalThis.fetch, now = () => new Date() } = options
  const { instance, key } = credentials
  const { origin } = new URL(credentials.resource)
  const proof = await rotationProof({ from: key, to: next }, { instance, aud: origin }, now)
  const response = await fetch(new URL("/api/v1/key-rotations", origin).href, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ instance, proof, keyStorage: storageOf(next), overlapSeconds }),
    redirect: "error",
  })
  if (!response.ok) throw await refusedBy(response)
  const answer: unknown = await response.json()
  return { credentials: { ...credentials, key: next }, earlierKeyEndsAt: endOf(answer) }
}

function endOf(answer: unknown): Date | null {
  const members: { earlierKeyEndsAt?: unknown } = typeof answer === "object" && answer !== null ? answer : {}
  const { earlierKeyEndsAt: end } = members
  return typeof end === "string" && !Number.isNaN(Date.parse(end)) ? new Date(end) : null
}
