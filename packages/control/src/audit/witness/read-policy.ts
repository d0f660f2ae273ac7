import { Problem } from "@tabard/core"
import { MalformedRecord, type PolicyWitness, parsePolicy, type Sha256, type TrustPolicy } from "@tabard/log"

/** A witness that the log itself hands its checkpoints to. */
export type AskedWitness = PolicyWitness & { readonly url: string }

/** A policy that was put may be this long: its event holds it and the one before it. */
const MOST_BYTES = 10_000
const MOST_WITNESSES = 16

/** Reads the lines of a policy that was kept: they were looked at when it was put. */
export function readPolicy(sha256: Sha256, text: string): TrustPolicy {
  return parsePolicy(sha256, new TextEncoder().encode(text))
}

/** Answers the witnesses of a policy that have an address. */
export function askedWitnesses({ witnesses }: TrustPolicy): readonly AskedWitness[] {
  return witnesses.flatMap((witness) => (witness.url === undefined ? [] : [{ ...witness, url: witness.url }]))
}

/**
 * Reads a policy that somebody wants to put.
 *
 * @throws {Problem} body_invalid, with the line that is wrong
 */
export function requirePolicy(sha256: Sha256, text: string): TrustPolicy {
  if (new TextEncoder().encode(text).length > MOST_BYTES)
    throw invalid(`a trust policy has at most ${MOST_BYTES} bytes`)
  const policy = parsed(sha256, text)
  if (policy.logs.length > 0) throw invalid("leave lines of logs out: those of your logs are added to it")
  if (policy.witnesses.length > MOST_WITNESSES)
    throw invalid(`a trust policy names at most ${MOST_WITNESSES} witnesses`)
  const mute = policy.witnesses.find(({ url }) => url === undefined)
  if (mute) throw invalid(`witness ${mute.name} has no address to hand checkpoints to: name it after its key`)
  return policy
}

function parsed(sha256: Sha256, text: string): TrustPolicy {
  try {
    return readPolicy(sha256, text)
  } catch (error) {
    if (error instanceof MalformedRecord) throw invalid(error.message)
    throw error
  }
}

function invalid(why: string): Problem {
  return new Problem("body_invalid", why)
}
