import { randomBytes } from "node:crypto"
import type { Id } from "@tabard/core"

/** What a channel keeps sealed: where it leads, and what its messages are signed with. */
export interface ChannelSecrets {
  readonly url: string
  /** The newest first; one that was replaced signs beside it until its time. None where the address itself is the secret. */
  readonly signing: readonly SigningSecret[]
}

/** A signing secret, as Standard Webhooks spells it, and until when it still signs; null is for good. */
export interface SigningSecret {
  readonly secret: string
  readonly until: number | null
}

/** Seals for one channel; what is sealed for one does not open for another. */
export interface ChannelBox {
  seal(channel: Id<"channel">, secrets: ChannelSecrets): Uint8Array
  /** Throws where it was sealed for another channel or organisation, or a single bit is not as it was. */
  open(channel: Id<"channel">, sealed: Uint8Array): ChannelSecrets
}

const SECRET_BYTES = 32

/** Makes a signing secret: `whsec_` and 32 random bytes in base64. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`
}

/** Answers what messages are signed with at a time, the newest first. */
export function signingAt({ signing }: ChannelSecrets, now: Date): readonly string[] {
  return signing.filter(({ until }) => until === null || until > now.getTime()).map(({ secret }) => secret)
}
