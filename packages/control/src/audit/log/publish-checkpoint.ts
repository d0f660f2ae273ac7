import {
  type Checkpoint,
  equalBytes,
  parseCheckpoint,
  parseNote,
  placeCheckpoint,
  readPublished,
  signHead,
  TamperedLog,
} from "@tabard/log"
import { assertNotBehind } from "./assert-not-behind.ts"
import type { LogState } from "./log-state-store.ts"
import { advance, anotherWentOn, headOf, type WriteLogDeps } from "./write-log.ts"

/**
 * Signs what is integrated, and has it read by auditors only once the store has taken it: of two publishers one goes on,
 * and two histories are never seen. Killed between the two, `settleCheckpoint` does the rest.
 *
 * @throws {LeaseLost} where another process publishes by now
 * @throws {TamperedLog} where database and tiles tell different histories
 */
export async function publishCheckpoint(deps: WriteLogDeps, from: LogState): Promise<LogState> {
  if (from.published === from.integrated && from.checkpoint !== null) return from
  const { transact, clock, fence } = deps
  const signed = await signHead(deps, headOf(from))
  const note = new TextDecoder().decode(signed)
  const publishedAt = clock.now()
  const to = await transact(async ({ logState, logCheckpoints }) => {
    const { generation, root, integrated, base } = from
    const next = { ...from, published: integrated, checkpoint: note }
    const moved = await advance(logState, { from, to: next, fence })
    const size = integrated - base
    if (!(await logCheckpoints.add({ generation, size, root, note, publishedAt, cosignedAt: null }))) {
      throw new TamperedLog(
        `a checkpoint of ${size} entries or more is kept already: restore the whole database`,
      )
    }
    return moved
  })
  await placeCheckpoint(deps, signed)
  return to
}

/**
 * Puts the last checkpoint that the store has taken in its place, where a process died before it did so itself. It runs
 * before the first round of whoever leads, and after each that failed.
 *
 * @throws {LeaseLost} where another process publishes by now, or another log has followed
 * @throws {TamperedLog} where what is published is more than the database knows, or is something else
 */
export async function settleCheckpoint(
  deps: Pick<WriteLogDeps, "snapshot" | "transact" | "tiles" | "sha256" | "signer">,
): Promise<void> {
  const { snapshot, tiles, sha256, signer } = deps
  const { state, kept } = await snapshot(async ({ logState, logCheckpoints }) => {
    const found = await logState.find()
    return { state: found, kept: found && (await logCheckpoints.newest(found.generation)) }
  })
  if (!state) return
  if (state.origin !== signer.key.name) throw anotherWentOn()
  await assertNotBehind(deps, state)
  if (state.checkpoint === null) return
  const note = encoded(kept?.note ?? state.checkpoint)
  const [known, published] = [parseCheckpoint(parseNote(note).text), await readPublished(tiles)]
  assertSameTree(known, published)
  if (!published || published.size < known.size) await placeCheckpoint({ tiles, sha256 }, note)
}

/**
 * Puts a note with more signatures in the place of the last checkpoint, if it is still of the same tree. Answers false,
 * and changes nothing, where the log has grown.
 *
 * @throws {LeaseLost} where another process publishes by now
 */
export async function republishCheckpoint(deps: WriteLogDeps, note: string): Promise<boolean> {
  const { text } = parseNote(encoded(note))
  const same = await deps.transact(async ({ logState }) => {
    const from = await logState.find()
    if (!from?.checkpoint || parseNote(encoded(from.checkpoint)).text !== text) return false
    await advance(logState, { from, to: { ...from, checkpoint: note }, fence: deps.fence })
    return true
  })
  if (same) await placeCheckpoint(deps, encoded(note))
  return same
}

function assertSameTree(known: Checkpoint, published: Checkpoint | undefined): void {
  if (published?.size !== known.size || equalBytes(published.root, known.root)) return
  throw new TamperedLog(
    `another checkpoint of ${known.size} entries is published than the database has signed; verify the log`,
  )
}

function encoded(note: string): Uint8Array {
  return new TextEncoder().encode(note)
}
