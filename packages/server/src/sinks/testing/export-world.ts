import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  type DeadLetter,
  growLog,
  LOG_LEASE,
  makeSink,
  publishOutbox,
  type RecordContext,
  recordEvent,
  type Shelf,
  type ShownSink,
  type Sink,
  type SinkBox,
  type SinkHealth,
  type Store,
  sinkHealth,
  underLease,
  type WriteLogDeps,
} from "@tabard/control"
import {
  type JsonObject,
  ManualClock,
  newHandle,
  newId,
  type Organisation,
  type SinkKind,
  type User,
} from "@tabard/core"
import { memoryTileStore } from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { openTemporarySqlite } from "@tabard/store/testing"
import { targetRules } from "../../notifications/guard-address.ts"
import { carrierOf } from "../carriers/carrier-of.ts"
import { type ExportKeeper, exportKeeper } from "../export-keeper.ts"
import type { ExportWays } from "../export-ways.ts"
import { openedSink } from "../opened-sink.ts"
import { sinkBox } from "../sink-box.ts"

type SinkWish = Parameters<typeof makeSink>[2]

/** An organisation on a true store whose record is published and carried to true receivers. */
export interface ExportWorld extends RecordContext, Shelf, AsyncDisposable {
  readonly clock: ManualClock
  readonly organisation: Organisation
  readonly box: SinkBox
  readonly ways: ExportWays
  readonly ann: User
  readonly faults: readonly unknown[]
  sink(kind: SinkKind, settings: JsonObject, differs?: Partial<SinkWish>): Promise<ShownSink>
  /** Lets so many things happen. */
  happen(count: number): Promise<void>
  publish(): Promise<void>
  /** Gives places and writes tiles, and signs no checkpoint yet. */
  grow(): Promise<void>
  /** Carries what there is to carry now, as one of the replicas would. */
  carry(keeper?: ExportKeeper): Promise<void>
  /** Another replica. */
  replica(ways?: Partial<ExportWays>, shelf?: Partial<Shelf>): ExportKeeper
  health(sink: Sink): Promise<SinkHealth>
  letters(sink: Sink): Promise<readonly DeadLetter[]>
  /** Every line that was written into a folder of the export, in order. */
  lines(directory: string): Promise<readonly Line[]>
}

/** A line of a file of JSON lines, as `own` content has it. */
export interface Line {
  readonly event?: { readonly type: string }
  readonly log?: { readonly place: number; readonly origin: string; readonly index: number }
  readonly checkpoint?: { readonly size: number; readonly note: string }
}

/** Opens such a world, over a store that is open already or one of its own. */
export async function openExportWorld(store?: Store): Promise<ExportWorld> {
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  await using opening = new AsyncDisposableStack()
  const opened = store ?? opening.use(await openTemporarySqlite({ clock })).store
  const data = await mkdtemp(join(tmpdir(), "tabard-export-"))
  opening.defer(() => rm(data, { recursive: true, force: true }))
  const organisation = await newOrganisation(opened, clock)
  const shelf = opened.shelf(organisation.id)
  const faults: unknown[] = []
  const ways = waysOf(organisation, clock, data)
  const context = { organisation, clock, transact: shelf.transact, box: ways.box }
  const ann = await administrator(shelf, clock)
  const log = publisher({ organisation, clock }, shelf)
  const resources = opening.move()
  const onFault = (error: unknown): void => void faults.push(error)
  const replica: ExportWorld["replica"] = (other, over) => {
    const open = { organisation, clock, shelf: { ...shelf, ...over } }
    return resources.use(exportKeeper({ open, ways: { ...ways, ...other }, holder: newHandle(), onFault }))
  }
  const keeper = replica()
  return {
    ...context,
    ...shelf,
    ways,
    ann,
    faults,
    replica,
    sink: (kind, settings, differs) =>
      makeSink(context, ann, { ...USUAL, kind, name: `A ${kind}`, settings, secrets: {}, ...differs }),
    happen: (count) => happen(context, count),
    ...log,
    async carry(by = keeper) {
      await by.round()
      await by.idle()
    },
    async health(sink) {
      const found = await shelf.snapshot((tx) => sinkHealth(tx, [sink], clock.now()))
      return found.get(sink.id) ?? fail()
    },
    letters: ({ id }) => shelf.snapshot((tx) => tx.deadLetters.list({ sink: id, limit: 1000 })),
    lines: (directory) => linesIn(join(data, "export", directory)),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

const USUAL = { content: "own", choice: { kind: "all" }, checkpoints: true, from: "beginning" } as const

function waysOf(organisation: Organisation, clock: ManualClock, data: string): ExportWays {
  const box = sinkBox(organisation, new Uint8Array(32).fill(7))
  const carrying = {
    clock,
    rules: targetRules({ production: false, listed: [] }),
    exportFolder: join(data, "export"),
    host: organisation.trustDomain,
    version: "1.2.3",
    timeMs: 5_000,
  }
  return { box, carrier: (sink) => carrierOf(openedSink(box, sink), carrying) }
}

async function newOrganisation(store: Store, clock: ManualClock): Promise<Organisation> {
  const id = newId("organisation", clock)
  const slug = id.slice(4)
  return store.ensureOrganisation(slug, () => ({ id, slug, name: "Acme", trustDomain: "acme.example" }))
}

async function administrator(shelf: Shelf, clock: ManualClock): Promise<User> {
  const id = newId("user", clock)
  const known = { name: "Ann", email: `${id}@acme.example`, role: "administrator", active: true } as const
  const user = { id, ...known, createdAt: clock.now() }
  await shelf.transact(({ users }) => users.insert(user))
  return user
}

function publisher(
  context: { organisation: Organisation; clock: ManualClock },
  shelf: Shelf,
): Pick<ExportWorld, "publish" | "grow"> {
  const { organisation, clock } = context
  const signer = ed25519Signer(`audit.acme.example/${organisation.slug}/1`, new Uint8Array(32).fill(9))
  const tiles = memoryTileStore()
  const lease = { transact: shelf.transact, clock, holder: "publisher" }
  const leading = async (work: (deps: WriteLogDeps) => Promise<unknown>): Promise<void> => {
    await underLease(lease, LOG_LEASE, (fence) =>
      work({ organisation, clock, ...shelf, tiles, sha256, signer, fence }),
    )
  }
  return {
    publish: () =>
      leading(async (deps) => {
        while ((await publishOutbox(deps)) > 0);
      }),
    grow: () => leading(growLog),
  }
}

async function happen(context: RecordContext & Pick<Shelf, "transact">, count: number): Promise<void> {
  const event = { type: "session.started", actor: { kind: "system", id: "test" } } as const
  for (let left = count; left > 0; left -= 200)
    await context.transact(async ({ outbox }) => {
      for (let one = 0; one < Math.min(left, 200); one++) await recordEvent(context, outbox, event)
    })
}

async function linesIn(folder: string): Promise<readonly Line[]> {
  const files = (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1))
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), "utf8")))
  return texts.flatMap((text) => text.split("\n").slice(0, -1)).map((line): Line => JSON.parse(line))
}

function fail(): never {
  throw new Error("there is no such sink")
}
