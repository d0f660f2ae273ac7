import {
  integrate,
  type NoteSigner,
  parseCheckpoint,
  parseNote,
  publish,
  type Sha256,
  TamperedLog,
  type TileStore,
  type TreeHead,
} from "@tabard/log"
import type { Transact } from "../transaction.ts"
import type { RecordContext } from "./event.ts"
import type { LogState } from "./log-state-store.ts"

export interface PublishOutboxDeps extends RecordContext {
  readonly transact: Transact<"logState" | "outbox" | "leases">
  readonly tiles: TileStore
  readonly sha256: Sha256
  readonly signer: NoteSigner
  /** The fencing number of the lease that this runs under. */
  readonly fence: number
}

/** How many events become entries in one round. */
const BATCH = 256

/** The lease was lost: somebody else publishes now, and nothing of this round counts. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost"
}

/**
 * Brings what waits in the outbox into the log: places, then tiles, then a signed checkpoint. Stopped at any line, the
 * next run goes on where this one was; no event gets two places and no place two events. Answers how many entries the
 * log gained.
 */
export async function publishOutbox(deps: PublishOutboxDeps): Promise<number> {
  const sequenced = await sequence(deps)
  const integrated = await integrateSequenced(deps, sequenced)
  await publishIntegrated(deps, integrated)
  return integrated.integrated - sequenced.integrated
}

/** Gives waiting events their places. Once committed, which entry an event is can never change. */
async function sequence({ transact, signer, sha256, fence }: PublishOutboxDeps): Promise<LogState> {
  return transact(async ({ logState, outbox }) => {
    const state = await logState.ensure(emptyState(signer.key.name, sha256))
    const waiting = await outbox.unsequenced(BATCH)
    if (waiting.length === 0) return state

    for (const [offset, { id }] of waiting.entries()) await outbox.sequence(id, state.sequenced + offset)
    return advance(logState, {
      from: state,
      to: { ...state, sequenced: state.sequenced + waiting.length },
      fence,
    })
  })
}

/** Writes the tiles of what has a place. They follow from the entries alone, so writing them twice is writing them once. */
async function integrateSequenced(deps: PublishOutboxDeps, state: LogState): Promise<LogState> {
  const { transact, tiles, sha256, fence } = deps
  if (state.integrated === state.sequenced) return state
  await assertNotBehind(deps, state)
  const events = await transact(({ outbox }) => outbox.range(state.integrated, state.sequenced))
  const entries = events.map(({ bytes }) => bytes)

  const head = await integrate({ tiles, sha256 }, headOf(state), entries)
  const to = { ...state, integrated: head.size, root: Buffer.from(head.root).toString("base64") }
  return transact(({ logState }) => advance(logState, { from: state, to, fence }))
}

/**
 * Refuses to write beside a log that is ahead of the database: after a restored backup the next events are others than
 * those that were published at these places, and a single tile of them would spoil a log that is whole.
 */
async function assertNotBehind({ transact, tiles }: PublishOutboxDeps, state: LogState): Promise<void> {
  const note = await tiles.readCheckpoint()
  if (!note) return
  const { size } = parseCheckpoint(parseNote(note).text)
  if (size <= state.integrated) return
  const now = await transact(({ logState }) => logState.find())
  if (now?.integrated !== state.integrated) throw new LeaseLost("another publisher has gone on")
  throw new TamperedLog(
    `${size} entries were published, ${state.integrated} are known: the database is behind its log; ` +
      `bring back the newer database, or start a new log under a new name`,
  )
}

/** Signs only a head that the store has taken: of two publishers one goes on, and two histories are never signed. */
async function publishIntegrated(deps: PublishOutboxDeps, state: LogState): Promise<void> {
  if (state.published === state.integrated && state.checkpoint !== null) return
  const note = await publish(deps, headOf(state))
  const to = { ...state, published: state.integrated, checkpoint: new TextDecoder().decode(note) }
  await deps.transact(({ logState }) => advance(logState, { from: state, to, fence: deps.fence }))
}

async function advance(
  logState: Pick<PublishOutboxStores["logState"], "advance">,
  { from, to, fence }: { from: LogState; to: LogState; fence: number },
): Promise<LogState> {
  if (await logState.advance(from, to, fence)) return to
  throw new LeaseLost("another publisher has gone on")
}

type PublishOutboxStores = Parameters<Parameters<PublishOutboxDeps["transact"]>[0]>[0]

function headOf({ integrated, root }: LogState): TreeHead {
  return { size: integrated, root: new Uint8Array(Buffer.from(root, "base64")) }
}

function emptyState(origin: string, sha256: Sha256): LogState {
  const root = Buffer.from(sha256(new Uint8Array())).toString("base64")
  return { generation: 1, base: 0, origin, sequenced: 0, integrated: 0, root, published: 0, checkpoint: null }
}
