import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openCallWorld } from "../../decisions/testing/call-world.ts"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { recordEvent } from "../event/record-event.ts"
import { RecordWatch } from "./record-watch.ts"

const PATIENCE = 60_000

describe("watching the record", () => {
  it("stops nothing while each event is published, or waits no longer than it may", async () => {
    await using world = await openControlWorld()
    const watch = watchOf(world)
    assert.equal(await watch.look(), undefined)
    await happen(world)
    assert.equal(await watch.look(), undefined)
    world.clock.advance(PATIENCE)
    assert.equal(await watch.look(), undefined)
  })

  it("stops what is consequential once an event waits too long, and goes on when it is placed and covered", async () => {
    await using world = await openControlWorld()
    const watch = watchOf(world)
    await happen(world)
    await watch.look()
    world.clock.advance(PATIENCE + 1)
    const stop = await watch.look()
    assert.match(stop?.words ?? "", /events wait for the log too long.*try again later/)
    assert.equal(stop?.all, false)
    await placeAll(world)
    assert.equal((await watch.look())?.all, false, "a place is no checkpoint yet")
    await publishAll(world)
    assert.equal(await watch.look(), undefined)
  })

  it("gives a process that starts after a night a moment to bring yesterday's events in", async () => {
    await using world = await openControlWorld()
    await happen(world)
    world.clock.advance(24 * 3600_000)
    const watch = watchOf(world)
    assert.equal(await watch.look(), undefined)
    world.clock.advance(4_999)
    assert.equal(await watch.look(), undefined)
    world.clock.advance(1)
    assert.ok(await watch.look())
  })

  it("stops while late events are brought in too slowly to be late no more", async () => {
    await using world = await openControlWorld()
    for (let n = 0; n < 30; n++) {
      await happen(world)
      world.clock.advance(1000)
    }
    world.clock.advance(3600_000)
    const watch = watchOf(world)
    const stops: boolean[] = []
    for (let published = 0; published < 8; published++) {
      stops.push((await watch.look()) !== undefined)
      world.clock.advance(1000)
      await publishNext(world, published + 1)
    }
    assert.deepEqual(stops, [false, false, false, false, false, true, true, true])
  })

  it("stops at once where what is published is not what was recorded", async () => {
    await using world = await openControlWorld()
    const watch = watchOf(world, "all")
    await world.transact(({ logFaults }) => logFaults.tell({ kind: "tampered", since: world.clock.now() }))
    const stop = await watch.look()
    assert.match(stop?.words ?? "", /not what was recorded/)
    assert.equal(stop?.all, true)
    await world.transact(({ logFaults }) => logFaults.tell({ kind: "failing", since: world.clock.now() }))
    assert.equal(await watch.look(), undefined, "what may mend itself has until its patience is over")
  })

  it("stops where it cannot be known", async () => {
    await using world = await openControlWorld()
    const snapshot = () => Promise.reject(new Error("the database is gone"))
    const watch = new RecordWatch({ ...world, snapshot, patienceMs: PATIENCE, required: "consequential" })
    assert.match((await watch.stop())?.words ?? "", /it cannot be read/)
  })

  it("looks once for all who ask within a second", async () => {
    await using world = await openControlWorld()
    let looks = 0
    const snapshot: ControlWorld["snapshot"] = (work) => {
      looks++
      return world.snapshot(work)
    }
    const watch = new RecordWatch({ ...world, snapshot, patienceMs: PATIENCE, required: "consequential" })
    await Promise.all(Array.from({ length: 100 }, () => watch.stop()))
    world.clock.advance(999)
    await watch.stop()
    assert.equal(looks, 1)
    world.clock.advance(1)
    await watch.stop()
    assert.equal(looks, 2)
  })
})

describe("a call while the record cannot be kept", () => {
  const record = (all: boolean) => ({ stop: async () => ({ words: "the record cannot be kept", all }) })

  it("is denied where its tool may do more than read, and the denial is an event", async () => {
    await using world = await openCallWorld()
    const enforced = await world.enforce({ tool: "delete_note" }, { record: record(false) })
    assert.equal(enforced.effect === "deny" && enforced.code, "record_unavailable")
    const [told] = (await world.events("call.decided")).toReversed()
    assert.deepEqual([told?.["outcome"], told?.["action"]], ["deny", "notes/delete_note"])
  })

  it("goes on where its tool only reads, unless everything was settled to stop", async () => {
    await using world = await openCallWorld()
    const reading = { tool: "read_note", arguments: { path: "/notes/a.md" } }
    assert.equal((await world.enforce(reading, { record: record(false) })).effect, "permit")
    const enforced = await world.enforce(reading, { record: record(true) })
    assert.equal(enforced.effect === "deny" && enforced.code, "record_unavailable")
  })
})

function watchOf(
  { snapshot, clock }: ControlWorld,
  required: "all" | "consequential" = "consequential",
): RecordWatch {
  return new RecordWatch({ snapshot, clock, patienceMs: PATIENCE, required })
}

async function happen(world: ControlWorld): Promise<void> {
  const actor = { kind: "system", id: "test" } as const
  await world.transact(({ outbox }) => recordEvent(world, outbox, { type: "scan.finished", actor }))
}

const LOG = { generation: 1, base: 0, origin: "audit.acme.example/acme/1", root: "", checkpoint: null }
const EMPTY = { ...LOG, sequenced: 0, integrated: 0, published: 0 }

async function placeAll({ transact, clock }: ControlWorld): Promise<void> {
  await transact(async ({ leases, logState, outbox }) => {
    const fence = (await leases.acquire("log", "test", 1000, clock.now())) ?? assert.fail()
    const [one = assert.fail()] = await outbox.unsequenced(1)
    await outbox.sequence(one.id, 0)
    await logState.ensure(EMPTY)
    assert.ok(await logState.advance(EMPTY, { ...EMPTY, sequenced: 1 }, fence))
  })
}

/** Brings one event more in, as the one before which so many are covered. */
async function publishNext({ transact, clock }: ControlWorld, size: number): Promise<void> {
  await transact(async ({ leases, logState, outbox }) => {
    const fence = (await leases.acquire("log", "test", 1000, clock.now())) ?? assert.fail()
    const [one = assert.fail()] = await outbox.unsequenced(1)
    await outbox.sequence(one.id, size - 1)
    const from = await logState.ensure(EMPTY)
    const to = { ...from, sequenced: size, integrated: size, published: size }
    assert.ok(await logState.advance(from, to, fence))
  })
}

async function publishAll({ transact, clock }: ControlWorld): Promise<void> {
  await transact(async ({ leases, logState }) => {
    const fence = (await leases.acquire("log", "test", 1000, clock.now())) ?? assert.fail()
    const from = (await logState.find()) ?? assert.fail()
    assert.ok(await logState.advance(from, { ...from, integrated: 1, published: 1 }, fence))
  })
}
