import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { Sink, SinkChange } from "./sink-store.ts"

/** What every SinkStore promises. */
export function sinkStoreContract(name: string, open: OpenShelves): void {
  describe(`sinks kept in ${name}`, () => {
    it("finds a sink whole, and lists the oldest first", async () => {
      const { shelf } = await open()
      const types = { kind: "types", types: ["agent.retired", "call.decided"] } as const
      const [newer, older] = [sink({ madeAt: later(1), choice: types, checkpoints: false }), sink()]
      await insert(shelf, newer)
      await insert(shelf, older)
      assert.deepEqual(await find(shelf, newer), newer)
      assert.deepEqual(await list(shelf), [older, newer])
      await assert.rejects(insert(shelf, newer))
    })

    it("changes a sink for exactly one of those who saw the same, and raises its revision", async () => {
      const { shelf } = await open()
      const one = sink()
      await insert(shelf, one)
      const changed = await atOnce((turn) => change(shelf, one, { name: `name ${turn}`, state: "paused" }))
      assert.equal(won(changed), 1)
      const after = { ...one, name: `name ${changed.indexOf(true)}`, state: "paused", revision: 2 }
      assert.deepEqual(await find(shelf, one), after)
      assert.equal(await change(shelf, one, { name: "late" }), false)
    })

    it("removes a sink once, and answers and changes it nowhere any more", async () => {
      const { shelf } = await open()
      const one = sink()
      await insert(shelf, one)
      const removed = await atOnce(() => shelf.transact(({ sinks }) => sinks.remove(one.id, NOW)))
      assert.equal(won(removed), 1)
      assert.equal(await find(shelf, one), undefined)
      assert.deepEqual(await list(shelf), [])
      assert.equal(await change(shelf, one, { name: "x" }), false)
    })

    it("is each organisation's own", async () => {
      const { shelf, stranger } = await open()
      const one = sink()
      await insert(shelf, one)
      assert.equal(await find(stranger, one), undefined)
      assert.deepEqual(await list(stranger), [])
      assert.equal(await change(stranger, one, { name: "x" }), false)
      assert.equal(await stranger.transact(({ sinks }) => sinks.remove(one.id, NOW)), false)
      assert.deepEqual(await find(shelf, one), one)
    })
  })
}

function sink(differs: Partial<Sink> = {}): Sink {
  return {
    id: id("sink"),
    kind: "splunk",
    name: "The SIEM",
    content: "own",
    settings: { url: "https://splunk.example:8088", ack: true },
    sealed: Uint8Array.of(1, 2, 3),
    choice: { kind: "all" },
    checkpoints: true,
    state: "running",
    revision: 1,
    madeBy: id("user"),
    madeAt: NOW,
    ...differs,
  }
}

function insert(shelf: Shelf, one: Sink): Promise<void> {
  return shelf.transact(({ sinks }) => sinks.insert(one))
}

function change(shelf: Shelf, seen: Sink, differs: Partial<SinkChange>): Promise<boolean> {
  return shelf.transact(({ sinks }) => sinks.change(seen, { ...seen, ...differs }))
}

function find(shelf: Shelf, one: Sink): Promise<Sink | undefined> {
  return shelf.snapshot(({ sinks }) => sinks.find(one.id))
}

function list(shelf: Shelf): Promise<readonly Sink[]> {
  return shelf.snapshot(({ sinks }) => sinks.list())
}
