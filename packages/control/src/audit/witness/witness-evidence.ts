import {
  checkPolicy,
  formatVerifierKey,
  parseVerifierKey,
  type Sha256,
  type VerifySignature,
} from "@tabard/log"
import type { Snapshot } from "../../transaction.ts"
import type { LogCheckpoint } from "../log/log-checkpoint-store.ts"
import { askedWitnesses, readPolicy } from "./read-policy.ts"
import type { WitnessStanding } from "./witness-store.ts"

/** One witness of the policy, and what is known of it. */
export interface WitnessNews {
  /** As the policy names it. */
  readonly name: string
  readonly url: string
  readonly verifierKey: string
  /** Undefined before it was asked. */
  readonly standing: WitnessStanding | undefined
}

/** What witnesses say for the newest log. */
export interface WitnessEvidence {
  /** Green while the quorum has seen the log within the hour; null where no witness is asked for. */
  readonly evidence: "green" | "red" | null
  /** Why, in a sentence. */
  readonly said: string
  /** The newest checkpoint that the quorum has seen: its size, and the latest time as of which it has. */
  readonly quorum: { readonly size: number; readonly at: Date } | null
  readonly witnesses: readonly WitnessNews[]
}

export interface WitnessEvidenceDeps {
  readonly snapshot: Snapshot<"logCheckpoints" | "logPolicy" | "witnesses">
  readonly sha256: Sha256
  readonly verify: VerifySignature
}

/** How old the word of a quorum may be. */
const MOST_AGE_MS = 60 * 60_000

/** Answers what witnesses say for the newest log, from what is kept alone. */
export async function witnessEvidence(
  { snapshot, sha256, verify }: WitnessEvidenceDeps,
  log: { readonly generation: number; readonly verifierKey: string },
  now: Date,
): Promise<WitnessEvidence> {
  const { put, cosigned, known } = await snapshot(async ({ logCheckpoints, logPolicy, witnesses }) => ({
    put: await logPolicy.find(),
    cosigned: await logCheckpoints.newestCosigned(),
    known: await witnesses.list(log.generation),
  }))
  const policy = put && readPolicy(sha256, put.text)
  const witnesses = (policy ? askedWitnesses(policy) : []).map(({ key, name, url }): WitnessNews => {
    const verifierKey = formatVerifierKey(key)
    return { name, url, verifierKey, standing: known.find((one) => one.verifierKey === verifierKey) }
  })
  if (!policy?.quorum) return { ...NOTHING, witnesses }

  const logs = [{ key: parseVerifierKey(sha256, log.verifierKey) }]
  const quorum = await quorumOf(verify, { ...policy, logs }, cosigned, log.generation)
  return { ...judged({ quorum, witnesses }, now), quorum, witnesses }
}

const NOTHING = { evidence: null, said: "No witnesses are configured.", quorum: null } as const

async function quorumOf(
  verify: VerifySignature,
  policy: Parameters<typeof checkPolicy>[1],
  cosigned: LogCheckpoint | undefined,
  generation: number,
): Promise<WitnessEvidence["quorum"]> {
  if (cosigned?.generation !== generation) return null
  const { quorumTime } = await checkPolicy(verify, policy, new TextEncoder().encode(cosigned.note))
  return quorumTime === undefined ? null : { size: cosigned.size, at: new Date(quorumTime * 1000) }
}

function judged(
  { quorum, witnesses }: Pick<WitnessEvidence, "quorum" | "witnesses">,
  now: Date,
): Pick<WitnessEvidence, "evidence" | "said"> {
  const split = witnesses.find(({ standing }) => standing?.trouble?.kind === "split-view")
  if (split) return red(`Witness ${split.name} has seen another history of this log.`)
  const ahead = witnesses.find(({ standing }) => standing?.trouble?.kind === "ahead")
  if (ahead) return red(`Witness ${ahead.name} has seen more entries than are published.`)
  if (!quorum) return red("The quorum has not seen this log yet.")
  if (now.getTime() - quorum.at.getTime() > MOST_AGE_MS)
    return red("The quorum has not seen this log within the last hour.")
  return { evidence: "green", said: "The quorum has seen this log within the last hour." }
}

function red(said: string): Pick<WitnessEvidence, "evidence" | "said"> {
  return { evidence: "red", said }
}
