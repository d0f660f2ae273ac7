import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { FOUND_KINDS, type Id, newId } from "@tabard/core"
import { type ControlWorld, HOUR, openControlWorld } from "../testing/control-world.ts"
import { findEverywhere } from "./find-everywhere.ts"
import { indexInventory, isIndexDue } from "./index-inventory.ts"

describe("indexing what was there before anything was indexed", () => {
  it("has agents, people and teams found that no use case named", async () => {
    await using world = await openControlWorld()
    const agent = await namedAgent(world, "Invoice bot")
    const person = await world.person("member", { name: "Grace Hopper" })
    const team = await world.transact(async ({ teams }) => {
      const id = newId("team", world.clock)
      const words = { name: "Compilers", externalName: null, keptBy: "people", lead: null } as const
      await teams.add({ id, ...words, createdAt: world.clock.now() })
      return id
    })
    assert.deepEqual(await found(world, "invoice"), [])
    await untilDone(world)
    assert.deepEqual(await found(world, "invoice"), [agent])
    assert.deepEqual(await found(world, "hopper"), [person.id])
    assert.deepEqual(await found(world, "comp"), [team])
  })

  it("goes on behind the last page where it was stopped, and leaves nothing out", async () => {
    await using world = await openControlWorld()
    for (let n = 0; n < 250; n++) await namedAgent(world, `Crowd ${n}`)
    const first = await stoppedAfter(world, 1)
    assert.equal((await counted(world, "crowd")).length, 100)
    await indexInventory(first)
    assert.equal((await counted(world, "crowd")).length, 250)
  })

  it("does nothing once all is indexed, and after an hour finds what was missed", async () => {
    await using world = await openControlWorld()
    await untilDone(world)
    const agent = await namedAgent(world, "Zebra of a program before this one")
    assert.equal(await isIndexDue(world), false)
    assert.deepEqual(await found(world, "zebra"), [])
    world.clock.advance(HOUR)
    await untilDone(world)
    assert.deepEqual(await found(world, "zebra"), [agent])
  })

  it("begins anew where texts are cut into other words, or where the place is none of its own", async () => {
    await using world = await openControlWorld()
    await untilDone(world)
    const { search } = await world.snapshot(async (tx) => ({ search: await tx.search.progress() }))
    for (const other of [
      { wordsVersion: 0, place: null },
      { wordsVersion: 1, place: "of a newer program" },
    ]) {
      await world.transact((tx) => tx.search.keepProgress({ at: world.clock.now(), ...other }))
      assert.equal(await isIndexDue(world), true)
      await untilDone(world)
    }
    assert.deepEqual(await world.snapshot((tx) => tx.search.progress()), search)
  })
})

async function untilDone(world: ControlWorld): Promise<void> {
  while (await isIndexDue(world)) await indexInventory(world)
}

/** Indexes some pages, and then fails as a process that is killed does; answers what goes on. */
async function stoppedAfter(world: ControlWorld, pages: number): Promise<ControlWorld> {
  let taken = 0
  const killed: ControlWorld["transact"] = (work) => {
    if (taken++ >= pages) throw new Error("killed")
    return world.transact(work)
  }
  await assert.rejects(indexInventory({ ...world, transact: killed }), /killed/)
  return world
}

async function namedAgent(world: ControlWorld, name: string): Promise<Id<"agent">> {
  const { id: subject } = await world.agent()
  await world.transact(({ facts }) =>
    facts.put({
      subject,
      name: "name",
      kind: "observed",
      source: "scan",
      value: name,
      at: world.clock.now(),
    }),
  )
  return subject
}

async function found(world: ControlWorld, text: string): Promise<readonly string[]> {
  const all = await world.snapshot((tx) => findEverywhere(tx, { text, kinds: FOUND_KINDS, limit: 5 }))
  return [...all.values()].flat()
}

function counted(world: ControlWorld, word: string): Promise<readonly string[]> {
  return world.snapshot(({ search }) =>
    search.find({ kind: "agent", title: word, words: [word], limit: 1000 }),
  )
}
