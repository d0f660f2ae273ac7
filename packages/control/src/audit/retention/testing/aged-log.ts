import assert from "node:assert/strict"
import {
  memoryTileStore,
  type NoteSigner,
  parseCheckpoint,
  parseNote,
  type TileStore,
  type TreeHead,
} from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { underLease } from "../../../jobs/under-lease.ts"
import { type ControlWorld, DAY, openControlWorld } from "../../../testing/control-world.ts"
import { recordEvents } from "../../event/record-event.ts"
import { LOG_LEASE } from "../../log/log-state-store.ts"
import { publishOutbox } from "../../log/publish-outbox.ts"
import { RETENTION_LEASE } from "../prune-deps.ts"
import { pruneRecord } from "../prune-record.ts"
import { putRetention } from "../put-retention.ts"

/** Signs the log. */
export const SIGNER: NoteSigner = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))

/** The durable steps of a round behind the raising of the index, each a moment at which the power may go. */
export const STEPS = [
  "before the index is written",
  "while files go",
  "before rows go",
  "after rows went",
] as const

/** One of them. */
export type Step = (typeof STEPS)[number]

/** A log that may be pruned. */
export interface AgedLog extends AsyncDisposable {
  readonly world: ControlWorld
  readonly tiles: TileStore
  head(): TreeHead
  grow(count: number): Promise<void>
  settle(months: number): Promise<void>
  /** Runs a round under the lease, killed at a step where one is named. */
  prune(step?: Step): Promise<number>
  deps(): Omit<Parameters<typeof pruneRecord>[0], "fence">
  paths(): Promise<readonly string[]>
  left(): readonly string[]
}

/** Opens a log of so many entries that are four hundred days old, and of some new ones. */
export async function agedLog(old: number, young = 10): Promise<AgedLog> {
  const world = await openControlWorld()
  const tiles = memoryTileStore()
  let [head, left]: [TreeHead | undefined, readonly string[]] = [undefined, []]
  const paths = async (): Promise<readonly string[]> => {
    const found: string[] = []
    for await (const path of tiles.list()) found.push(path)
    return found
  }
  const deps = { ...world, tilesOf: () => tiles }
  const log: AgedLog = {
    world,
    tiles,
    head: () => head ?? assert.fail(),
    async grow(count) {
      await happen(world, count)
      await publishAll(world, tiles)
      const note = parseNote((await tiles.readCheckpoint()) ?? new Uint8Array())
      head = parseCheckpoint(note.text)
      left = await paths()
    },
    settle: async (months) => {
      const admin = await world.person("administrator")
      await putRetention(world, admin, { months, reason: "a test", acknowledgeShort: true })
      world.clock.advance(3 * DAY)
    },
    prune: async (step) => {
      const lease = { ...world, holder: "this process" }
      const gone = await underLease(lease, RETENTION_LEASE, (fence) =>
        pruneRecord({ ...killedAt(step, deps), fence }),
      )
      left = await paths()
      return gone ?? assert.fail()
    },
    deps: () => deps,
    paths,
    left: () => left,
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
  if (old > 0) {
    world.clock.advance(-400 * DAY)
    await log.grow(old)
    world.clock.advance(400 * DAY)
  }
  await log.grow(young)
  return log
}

type Deps = ReturnType<AgedLog["deps"]>

function killedAt(step: Step | undefined, deps: Deps): Deps {
  const tiles = deps.tilesOf(1)
  switch (step) {
    case "before the index is written":
      return { ...deps, tilesOf: () => ({ ...tiles, writeMinimumIndex: async () => powerGoes() }) }
    case "while files go": {
      let removed = 0
      const remove = (path: string): Promise<void> => (++removed > 2 ? powerGoes() : tiles.remove(path))
      return { ...deps, tilesOf: () => ({ ...tiles, remove: async (path) => remove(path) }) }
    }
    case "before rows go":
    case "after rows went": {
      let transactions = 0
      return {
        ...deps,
        transact: async (work) => {
          // The first raises the index.
          if (++transactions === 1) return deps.transact(work)
          if (step === "before rows go") return deps.transact(async (tx) => work(tx).then(powerGoes))
          await deps.transact(work)
          return powerGoes()
        },
      }
    }
    case undefined:
      return deps
  }
}

function powerGoes(): never {
  throw new Error("the power went")
}

/** Records so many events. */
async function happen(world: ControlWorld, count: number): Promise<void> {
  for (let from = 0; from < count; from += 5_000) {
    await world.transact(({ outbox }) =>
      recordEvents(
        world,
        outbox,
        Array.from({ length: Math.min(5_000, count - from) }, (_, n) => ({
          type: "scan.finished" as const,
          actor: { kind: "system", id: "test" } as const,
          data: { n },
        })),
      ),
    )
  }
}

async function publishAll(world: ControlWorld, tiles: TileStore): Promise<void> {
  const deps = { ...world, tiles, sha256, signer: SIGNER }
  await underLease({ ...world, holder: "this process" }, LOG_LEASE, async (fence) => {
    while ((await publishOutbox({ ...deps, fence })) > 0);
  })
}
