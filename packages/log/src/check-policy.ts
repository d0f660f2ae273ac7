import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { UntrustedNote } from "./log-errors.ts"
import type { NoteKey } from "./note-key.ts"
import { type Endorsement, type VerifySignature, verifyNote } from "./note-signatures.ts"
import { parseNote } from "./signed-note.ts"
import { type PolicyWitness, quorumTime, type TrustPolicy } from "./trust-policy.ts"

/** One witness that the policy knows, and when it says to have seen the checkpoint. */
export interface Cosignature {
  readonly witness: PolicyWitness
  /** In seconds since 1970. */
  readonly time: number
}

/** A checkpoint that one of the policy's logs has signed, with what its witnesses say. */
export interface WitnessedCheckpoint {
  readonly checkpoint: Checkpoint
  readonly log: NoteKey
  /** In the order of the policy. */
  readonly cosignatures: readonly Cosignature[]
  /** Whether the quorum of the policy has seen it. */
  readonly satisfied: boolean
  /** The latest time as of which the quorum had; absent where it has not, or none is asked for. */
  readonly quorumTime?: number
}

/**
 * Answers the checkpoint in a note, and whether a policy is satisfied with it. With `now`, in seconds
 * since 1970, a witness that says a later time does not count.
 *
 * @throws {MalformedRecord | UntrustedNote} where no log of the policy has signed it under its own
 * name, or where a signature of a key that the policy names is bad
 */
export async function checkPolicy(
  verify: VerifySignature,
  policy: TrustPolicy,
  note: Uint8Array,
  now: number = Number.POSITIVE_INFINITY,
): Promise<WitnessedCheckpoint> {
  const signed = parseNote(note)
  const keys = [...policy.logs, ...policy.witnesses].map(({ key }) => key)
  const endorsements = await verifyNote(verify, signed, keys)
  const checkpoint = parseCheckpoint(signed.text)

  const log = logOf(policy, checkpoint, endorsements)
  const cosignatures = cosignaturesOf(policy, endorsements).filter(({ time }) => time <= now)
  const time = quorumTime(policy, new Map(cosignatures.map((one) => [one.witness, one.time])))
  const satisfied = policy.quorum === undefined || time !== undefined
  return { checkpoint, log, cosignatures, satisfied, ...(time !== undefined && { quorumTime: time }) }
}

/** A log's key has the name of its log, so that one log's checkpoint cannot pass for another's. */
function logOf({ logs }: TrustPolicy, { origin }: Checkpoint, endorsements: readonly Endorsement[]): NoteKey {
  const log = logs.find(
    ({ key }) => key.name === origin && endorsements.some((endorsement) => endorsement.key === key),
  )
  if (!log) throw new UntrustedNote(`no log of the policy has signed this checkpoint of ${origin}`)
  return log.key
}

function cosignaturesOf(
  { witnesses }: TrustPolicy,
  endorsements: readonly Endorsement[],
): readonly Cosignature[] {
  return witnesses.flatMap((witness) => {
    const time = endorsements.find(({ key }) => key === witness.key)?.time
    return time === undefined ? [] : [{ witness, time }]
  })
}
