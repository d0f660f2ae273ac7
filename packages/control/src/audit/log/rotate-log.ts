import { formatVerifierKey, MalformedRecord, type NoteSigner, TamperedLog } from "@tabard/log"
import type { SealedKey } from "../../tokens/key-store.ts"
import { recordEvent } from "../event/record-event.ts"
import type { LogRotation } from "./log-generation-store.ts"
import type { LogState } from "./log-state-store.ts"
import { publishCheckpoint, settleCheckpoint } from "./publish-checkpoint.ts"
import { growLog } from "./publish-outbox.ts"
import { anotherWentOn, beginningOf, type WriteLogDeps } from "./write-log.ts"

/** By what the next log is signed. */
export interface NextLog {
  readonly number: number
  /** A key that was never used, by the next log's name. */
  readonly signer: NoteSigner
  /** The same key, sealed; it takes the place of the live one. */
  readonly key: SealedKey
}

/** Why the log that is rotated cannot be gone on with, or null where it can. */
type Trouble = TamperedLog | MalformedRecord | null

/**
 * Begins the next log where an administrator asked for it: the old one is brought to its end, and its last checkpoint is
 * the first entry of the new one. Nothing is ever added to the old one. Answers whether a new log began.
 *
 * Where database and tiles tell different histories there is no such end. Then the new log begins only if the wish says
 * that the old one is abandoned; its first entry tells both what was found there and what the database knew. Events that
 * no checkpoint known here covers get their places anew. Such trouble may also be `known` from outside.
 *
 * @throws {TamperedLog | MalformedRecord} where the old log is in trouble and was not to be abandoned
 */
export async function rotateLog(
  deps: WriteLogDeps,
  makeNext: (number: number) => Promise<NextLog>,
  known: Trouble = null,
): Promise<boolean> {
  const wish = await deps.snapshot(({ logs }) => logs.asked())
  if (!wish) return false
  const { state, trouble } = await broughtToItsEnd(deps, known)
  if (trouble && !wish.abandon) throw trouble
  if (!trouble && (state.published !== state.sequenced || state.checkpoint === null)) return false
  await follow(deps, { state, trouble, wish, next: await makeNext(state.generation + 1) })
  return true
}

async function broughtToItsEnd(
  deps: WriteLogDeps,
  known: Trouble,
): Promise<{ state: LogState; trouble: Trouble }> {
  try {
    if (known) throw known
    await settleCheckpoint(deps)
    return { state: await publishCheckpoint(deps, (await growLog(deps)).state), trouble: null }
  } catch (error) {
    if (!(error instanceof TamperedLog || error instanceof MalformedRecord)) throw error
    const state = await deps.snapshot(({ logState }) => logState.find())
    if (!state) throw error
    return { state, trouble: error }
  }
}

interface Following {
  readonly state: LogState
  readonly trouble: Trouble
  readonly wish: LogRotation
  readonly next: NextLog
}

async function follow(deps: WriteLogDeps, { state, trouble, wish, next }: Following): Promise<void> {
  const { transact, clock, sha256, fence } = deps
  const found = trouble ? await foundIn(deps) : null
  // What a checkpoint covers stays where it is.
  const base = state.published
  const origin = next.signer.key.name
  const data = {
    reason: wish.reason,
    previous: state.origin,
    checkpoint: state.checkpoint,
    ...(trouble && { abandoned: trouble.message, found }),
  }
  await transact(async ({ keys, logs, logState, outbox }) => {
    if (trouble) await outbox.unsequence(base)
    const context = { ...deps, via: wish.via ?? undefined }
    const actor = { kind: "user", id: wish.askedBy } as const
    const event = await recordEvent(context, outbox, { type: "log.rotated", actor, resource: origin, data })
    await outbox.sequence(event, base)
    await keys.replace(next.key)
    const verifierKey = formatVerifierKey(next.signer.key)
    const log = { number: next.number, origin, base, verifierKey, startedAt: clock.now(), ended: null }
    await logs.follow(log, state.checkpoint)
    await logs.settle()
    const beginning = beginningOf({ generation: next.number, base, origin }, sha256)
    const to = { ...beginning, sequenced: base + 1 }
    if (!(await logState.rotate(state, to, fence))) throw anotherWentOn()
  })
}

/** Notes are short; whatever else lies there is not taken into an entry, which has to hold our own checkpoint besides. */
const LONGEST_NOTE = 8 * 1024

/** Answers the checkpoint that is published, as it is, whatever it says. */
async function foundIn({ tiles }: Pick<WriteLogDeps, "tiles">): Promise<string | null> {
  const note = await tiles.readCheckpoint()
  return note && note.length <= LONGEST_NOTE ? new TextDecoder().decode(note) : null
}
