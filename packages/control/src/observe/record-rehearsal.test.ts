import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { putManifest } from "../decisions/put-manifest.ts"
import { type CallWorld, MANIFEST, openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { putSettings } from "../registry/put-settings.ts"
import { HOUR } from "../testing/control-world.ts"
import { NOTES_TOOLS, versionOf } from "../testing/notes-server.ts"
import { agentObserving, enforceAgent, observeAgent } from "./observe-mode.ts"
import { recordRehearsal } from "./record-rehearsal.ts"
import type { RehearsalStanding } from "./rehearsal-standing.ts"

const WRITE = { arguments: { path: "/notes/a.md", content: "tidy" } }
const FREE = `${MANIFEST.replace(", ask: owner", "")}standing: true\n`
const ELSEWHERE = { tool: "read_note", arguments: { path: "/etc/passwd" } }

describe("a rehearsal", () => {
  it("lets an agent write where the guard-rail asks for one, under the bounds that it was tried under", async () => {
    await using world = await rehearsable()
    await called(world, 20)
    await recordRehearsal(world, world.owner, { agent: world.agent.id })
    await demandRehearsal(world)
    assert.equal(await answer(world, WRITE), "permit")

    const narrower = FREE.replace("under: /notes", "under: /notes/b")
    await putManifest(world, world.owner, { agent: world.agent.id, text: narrower })
    assert.equal(await answer(world, WRITE), "deny forbidden", "a changed manifest was not rehearsed")
    assert.deepEqual((await standing(world))?.endedBy, ["bounds"])
    await putManifest(world, world.owner, { agent: world.agent.id, text: FREE })
    assert.equal(await answer(world, WRITE), "permit", "and the same one was")
    const tool = { server: "notes", tool: "write_note", isSame: true }
    const { endedBy, tools } = (await standing(world)) ?? assert.fail("it is forgotten")
    assert.deepEqual([endedBy, tools], [[], [tool]])
  })

  it("counts for no tool that was not called, and for none whose definition has changed", async () => {
    await using world = await rehearsable()
    await called(world, 20)
    await recordRehearsal(world, world.owner, { agent: world.agent.id })
    await demandRehearsal(world)
    const untried = { tool: "delete_note", arguments: { path: "/notes/a.md" } }
    assert.equal(await answer(world, untried), "deny forbidden")
    await world.transact(async ({ servers, organisation }) => {
      const [, write = {}] = NOTES_TOOLS
      const changed = { ...write, description: "Writes, and more." }
      await servers.pin(versionOf(world.server.id, changed, world.clock.now()))
      await organisation.bumpVersion()
    })
    assert.equal(await answer(world, WRITE), "deny forbidden")
    assert.deepEqual(
      (await standing(world))?.tools.map(({ isSame }) => isSame),
      [false],
    )
  })

  it("cannot be had without observing, for a few calls, for a short while, or where something would be denied", async () => {
    await using world = await rehearsable()
    await called(world, 19)
    await refused(world, /19 calls were observed/)
    await called(world, 1)
    assert.equal((await recordRehearsal(world, world.owner, { agent: world.agent.id })).calls, 20)
    await world.enforce({ ...ELSEWHERE, caller: await fresh(world) })
    await refused(world, /would have denied 1 calls, as read_note/)

    const { agent, security } = world
    await enforceAgent(world, security, { agent: agent.id, reason: "anew" })
    await observeAgent(world, security, { agent: agent.id, reason: "anew", days: 5 })
    for (let n = 0; n < 20; n++) await world.enforce({ ...WRITE, caller: await fresh(world) })
    await refused(world, /24 hours apart/)
  })

  it("takes somebody else's word where an organisation settles that the owner alone lets nothing do more", async () => {
    await using world = await rehearsable()
    await called(world, 20)
    await putSettings(world, await world.person("administrator"), { widenedByAnother: true })
    const { agent, owner, security } = world
    await assert.rejects(recordRehearsal(world, owner, { agent: agent.id }), { code: "second_person_needed" })
    await recordRehearsal(world, security, { agent: agent.id })
    const [, told] = await world.events("agent.mode-changed")
    assert.deepEqual(Object(told?.["data"]).widenedBy, "another-person")
  })

  it("is recorded by nobody who does not answer for the agent", async () => {
    await using world = await rehearsable()
    await called(world, 20)
    const stranger = await world.person("member")
    await assert.rejects(recordRehearsal(world, stranger, { agent: world.agent.id }), { code: "not_allowed" })
  })
})

async function standing(world: CallWorld): Promise<RehearsalStanding | undefined> {
  return (await agentObserving(world, world.agent.id)).rehearsal
}

interface Rehearsable extends CallWorld {
  readonly security: CallWorld["owner"]
}

async function rehearsable(): Promise<Rehearsable> {
  const world = await openCallWorld()
  const security = await world.person("security")
  await putManifest(world, world.owner, { agent: world.agent.id, text: FREE })
  await observeAgent(world, security, { agent: world.agent.id, reason: "before it goes live", days: 5 })
  return { ...world, security }
}

/** So many calls, the last of them more than a day after the first. */
async function called(world: CallWorld, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    if (n === count - 1) world.clock.advance(25 * HOUR)
    await world.enforce({ ...WRITE, caller: await fresh(world) })
  }
}

function fresh(world: CallWorld): ReturnType<typeof tokenFor> {
  return tokenFor(world, { ...world, task: null })
}

async function refused(world: CallWorld, words: RegExp): Promise<void> {
  await assert.rejects(recordRehearsal(world, world.owner, { agent: world.agent.id }), (error: Error) => {
    assert.match(error.message, words)
    return true
  })
}

/** Observing ends, and where nobody says where an agent acts it has to have been rehearsed. */
async function demandRehearsal(world: Rehearsable): Promise<void> {
  await enforceAgent(world, world.security, { agent: world.agent.id, reason: "it goes live" })
  const address = ownAddress("offered", "own")
  await putOwnPolicies(world, world.security, { address, source: "rehearsed: [default]\n", seen: 1 })
}

async function answer(world: CallWorld, attempt: object): Promise<string> {
  const told = await world.enforce({ ...attempt, caller: await fresh(world) })
  return told.effect === "deny" ? `deny ${told.code}` : told.effect
}
