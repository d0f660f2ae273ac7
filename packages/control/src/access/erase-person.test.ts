import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { emptyLog, integrate, memoryTileStore, publish, verifyLog } from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { suspendAgent } from "../lifecycle/stop-agent.ts"
import { indexPeople } from "../search/index-things.ts"
import { type ControlWorld, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { erasePerson } from "./erase-person.ts"
import { deactivatePerson, reactivatePerson } from "./people.ts"

describe("erasing a person", () => {
  it("takes away what names them and what they typed, and leaves their id and what happened", async () => {
    await using world = await openControlWorld()
    const { ann, ben } = await withWords(world)
    await erasePerson(world, ann, { person: ben.id, reason: "They asked for it." })

    const left = await world.snapshot(({ users }) => users.find(ben.id))
    assert.deepEqual([left?.name, left?.email], ["Erased person", `${ben.id}@erased.invalid`])
    const [suspended] = await world.events("agent.suspended")
    assert.deepEqual(suspended?.["data"], { reason: "[erased]" })
    assert.deepEqual(suspended?.["actor"], { kind: "user", id: ben.id })
    const [erased] = await world.events("person.erased")
    assert.deepEqual(erased?.["data"], { user: ben.id, values: 2, reason: "They asked for it." })
  })

  it("leaves no byte of the log another, which verifies as before", async () => {
    await using world = await openControlWorld()
    const { ann, ben } = await withWords(world)
    const before = await logOf(world)
    await erasePerson(world, ann, { person: ben.id, reason: "They asked for it." })
    const after = await logOf(world)
    assert.deepEqual(after.entries.slice(0, before.entries.length), before.entries)
    assert.ok(after.entries.length > before.entries.length)
    const earlier = [before.checkpoint]
    const verification = await verifyLog({ ...after, sha256, verifySignature }, { key: SIGNER.key, earlier })
    assert.ok(verification.ok)
    assert.ok(!after.entries.join().includes("Ben says so"))
  })

  it("finds them by no word any more, signs them in nowhere, and lets them in never again", async () => {
    await using world = await openControlWorld()
    const { ann, ben } = await withWords(world)
    const identity = { issuer: "https://id.example", subject: "b" }
    await world.transact(async (tx) => {
      await tx.bindings.bind(identity, ben.id)
      await indexPeople(tx, [ben])
    })
    const found = () =>
      world.snapshot(({ search }) => search.find({ kind: "person", words: ["ben"], title: "ben", limit: 5 }))
    assert.equal((await found()).length, 1)
    await erasePerson(world, ann, { person: ben.id, reason: "They asked for it." })
    assert.deepEqual(await found(), [])
    await world.snapshot(async ({ bindings, users }) => {
      assert.equal(await bindings.find(identity), undefined)
      assert.equal(await users.findByEmail(ben.email), undefined)
    })
    await assert.rejects(reactivatePerson(world, ann, ben.id), { code: "person_state_conflict" })
  })

  it("takes the views that they saved, with their words, and nobody else's", async () => {
    await using world = await openControlWorld()
    const { ann, ben } = await withWords(world)
    await world.transact(async ({ views }) => {
      for (const { id: user } of [ann, ben])
        for (const name of ["What Carla broke", "Mine"])
          await views.add({
            id: newId("view", world.clock),
            user,
            name,
            search: "?q=carla",
            savedAt: world.clock.now(),
          })
    })
    await erasePerson(world, ann, { person: ben.id, reason: "They asked for it." })
    const left = (user: typeof ben.id) => world.snapshot(({ views }) => views.of(user, { limit: 10 }))
    assert.deepEqual(await left(ben.id), [])
    assert.equal((await left(ann.id)).length, 2)
  })

  it("is for administrators, of people who are switched off, once", async () => {
    await using world = await openControlWorld()
    const [ann, sec, ben] = [
      await world.person("administrator"),
      await world.person("security"),
      await world.person("member"),
    ]
    const erase = (by: typeof ann, person = ben.id) => erasePerson(world, by, { person, reason: "x" })
    await assert.rejects(erase(sec), { code: "not_allowed" })
    await assert.rejects(erase(ann, "usr_none"), { code: "person_not_found" })
    await assert.rejects(erase(ann), { code: "person_state_conflict", message: /switch them off first/ })
    await assert.rejects(erase(ann, ann.id), { code: "person_state_conflict" })
    await deactivatePerson(world, ann, { person: ben.id, reason: "left" })
    const came = await twentyAtOnce(() => erase(ann))
    assert.equal(came.filter((one) => one === undefined).length, 1)
    assert.equal((await world.events("person.erased")).length, 1)
  })

  it("takes nobody else's words", async () => {
    await using world = await openControlWorld()
    const { ann, ben } = await withWords(world)
    const agent = await world.agent({ state: "active", owner: ann.id, mandate: mandateOf(ann, world.clock) })
    await suspendAgent(world, ann, { agent: agent.id, reason: "Ann says so" })
    await erasePerson(world, ann, { person: ben.id, reason: "They asked for it." })
    const reasons = (await world.events("agent.suspended")).map(({ data }) => data)
    assert.deepEqual(reasons, [{ reason: "[erased]" }, { reason: "Ann says so" }])
  })
})

const SIGNER = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(7))

/** Ben, who suspended an agent with his own words and was switched off with hers by Ann. */
async function withWords(
  world: ControlWorld,
): Promise<Record<"ann" | "ben", Awaited<ReturnType<ControlWorld["person"]>>>> {
  const ann = await world.person("administrator")
  const ben = await world.person("security", { name: "Ben", email: "ben@acme.example" })
  const agent = await world.agent({ state: "active", owner: ben.id, mandate: mandateOf(ben, world.clock) })
  await suspendAgent(world, ben, { agent: agent.id, reason: "Ben says so" })
  await deactivatePerson(world, ann, { person: ben.id, reason: "left" })
  return { ann, ben }
}

/** Every event as the log holds it, with a checkpoint over them. */
async function logOf({ snapshot }: ControlWorld): Promise<{
  tiles: ReturnType<typeof memoryTileStore>
  entries: readonly string[]
  checkpoint: Uint8Array
}> {
  const events = (await snapshot(({ outbox }) => outbox.list({ limit: 1000 }))).toReversed()
  const tiles = memoryTileStore()
  const bytes = events.map((event) => event.bytes)
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), bytes)
  const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
  return { tiles, checkpoint, entries: bytes.map((entry) => new TextDecoder().decode(entry)) }
}
