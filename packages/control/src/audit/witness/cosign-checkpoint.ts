import {
  checkPolicy,
  formatNote,
  type NoteSignature,
  parseNote,
  type TrustPolicy,
  type VerifySignature,
} from "@tabard/log"
import type { Snapshot, Transact } from "../../transaction.ts"
import type { LogCheckpoint } from "../log/log-checkpoint-store.ts"

export interface CosignCheckpointDeps {
  readonly transact: Transact<"logCheckpoints">
  readonly snapshot: Snapshot<"logCheckpoints">
  readonly verify: VerifySignature
  /** With the logs that it is about. */
  readonly policy: TrustPolicy
}

/** Which checkpoint is cosigned, and when. */
export interface CosignedCheckpoint {
  readonly generation: number
  readonly size: number
  readonly now: Date
}

/**
 * Puts cosignatures under a checkpoint that is kept, each in the place of an earlier one by the same key, and marks it once
 * the policy is satisfied with it. It never takes one away.
 */
export async function cosignCheckpoint(
  deps: CosignCheckpointDeps,
  { generation, size, now }: CosignedCheckpoint,
  signatures: readonly NoteSignature[],
): Promise<void> {
  for (let seen = await find(); seen; seen = await find()) {
    const note = withSignatures(seen.note, signatures)
    const { quorumTime } = await checkPolicy(deps.verify, deps.policy, new TextEncoder().encode(note))
    const cosignedAt = seen.cosignedAt ?? (quorumTime === undefined ? null : now)
    const kept = seen
    if (await deps.transact(({ logCheckpoints }) => logCheckpoints.cosign(kept, note, cosignedAt))) return
  }

  function find(): Promise<LogCheckpoint | undefined> {
    return deps.snapshot(({ logCheckpoints }) => logCheckpoints.find(generation, size))
  }
}

function withSignatures(note: string, added: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(new TextEncoder().encode(note))
  const kept = signatures.filter(
    ({ name, keyId }) => !added.some((one) => one.name === name && one.keyId === keyId),
  )
  return new TextDecoder().decode(formatNote({ text, signatures: [...kept, ...added] }))
}
