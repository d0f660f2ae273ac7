import { checkPolicy, type WitnessedCheckpoint } from "./check-policy.ts"
import type { Checkpoint } from "./checkpoint.ts"
import { MalformedRecord, UntrustedNote } from "./log-errors.ts"
import { type FaultPlace, LogFault } from "./log-fault.ts"
import type { NoteKey } from "./note-key.ts"
import type { VerifySignature } from "./note-signatures.ts"
import { openCheckpoint } from "./open-checkpoint.ts"
import type { TrustPolicy } from "./trust-policy.ts"

/** Who must have signed what a log is held against. */
export interface ExpectedSigners {
  /** The log's key, from somewhere else than the log. */
  readonly key: NoteKey
  /** Whose witnesses must have seen the checkpoint. */
  readonly policy?: TrustPolicy
  /** In seconds since 1970: a witness that says a later time does not count. */
  readonly now?: number
  /** Checkpoints that were seen before, as signed notes: the log must still begin with each of them. */
  readonly earlier?: readonly Uint8Array[]
}

/** Answers the log's checkpoint, seen by the witnesses of the policy. */
export async function openCurrent(
  verify: VerifySignature,
  note: Uint8Array,
  { key, policy, now }: ExpectedSigners,
): Promise<WitnessedCheckpoint> {
  const trusted = { witnesses: [], groups: [], ...policy, logs: [{ key }] }
  const witnessed = await orFault("the checkpoint", { file: "checkpoint" }, () =>
    checkPolicy(verify, trusted, note, now),
  )
  if (witnessed.satisfied) return witnessed
  const seen = witnessed.cosignatures.map(({ witness }) => witness.name)
  throw new LogFault(
    `too few witnesses of the policy have seen the checkpoint: ${seen.join(", ") || "none"}`,
    { file: "checkpoint" },
  )
}

/** Answers the checkpoints that were kept, the smallest first, and none larger than the log. */
export async function openEarlier(
  verify: VerifySignature,
  { key, earlier = [] }: ExpectedSigners,
  current: Checkpoint,
): Promise<readonly Checkpoint[]> {
  const checkpoints: Checkpoint[] = []
  for (const note of earlier) {
    const open = (): Promise<Checkpoint> => openCheckpoint(verify, note, key)
    checkpoints.push(await orFault("an earlier checkpoint", {}, open))
  }
  checkpoints.sort((a, b) => a.size - b.size)
  const longest = checkpoints.at(-1)?.size ?? 0
  if (longest > current.size) {
    throw new LogFault(`the log has shrunk: it had ${longest} entries and has ${current.size}`)
  }
  return checkpoints
}

async function orFault<Opened>(
  what: string,
  place: FaultPlace,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open()
  } catch (error) {
    if (!(error instanceof MalformedRecord || error instanceof UntrustedNote)) throw error
    throw new LogFault(`${what} does not count: ${error.message}`, place)
  }
}
