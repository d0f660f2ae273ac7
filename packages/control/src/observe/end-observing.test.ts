import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { readEvent } from "../notifications/read-event.ts"
import { tellingsOf } from "../notifications/tellings-of.ts"
import { HOUR } from "../testing/control-world.ts"
import { endObserving } from "./end-observing.ts"
import { agentObserving, enforceAgent, observeAgent } from "./observe-mode.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const ELSEWHERE = { tool: "read_note", arguments: { path: "/etc/passwd" } }

describe("the end of observing an agent", () => {
  it("is told before and as it comes, once, with what would have been stopped, to who answers and who looks after all", async () => {
    await using world = await openCallWorld()
    const [security, admin, stranger] = [
      await world.person("security"),
      await world.person("administrator"),
      await world.person("member"),
    ]
    await observeAgent(world, security, { agent: world.agent.id, reason: "to see", days: 1 })
    assert.deepEqual(await told(world, "agent.mode-changed"), [
      ["began", ...[world.owner.id, admin.id].toSorted()],
    ])
    for (const call of [READ, ELSEWHERE, ELSEWHERE, {}]) await world.enforce(call)
    assert.equal(await endObserving(world), 0)
    world.clock.advance(18 * HOUR)
    assert.deepEqual([await endObserving(world), await endObserving(world)], [1, 0])
    const everybody = [world.owner.id, security.id, admin.id].toSorted()
    assert.deepEqual(await told(world, "agent.warned"), [["ending", ...everybody]])
    world.clock.advance(6 * HOUR)
    assert.deepEqual([await endObserving(world), await endObserving(world)], [1, 0])
    const [over] = await told(world, "agent.mode-changed")
    assert.deepEqual(over, ["over", ...everybody])
    assert.ok(!everybody.includes(stranger.id))
    const { period, isObserving } = await agentObserving(world, world.agent.id)
    assert.deepEqual([period?.endedAt, period?.endedBy, isObserving], [period?.endsAt, null, false])
    for (const type of ["agent.warned", "agent.mode-changed"] as const) {
      const { calls, denied, asked, stopped } = Object((await world.events(type)).at(-1)?.["data"])
      assert.deepEqual([calls, denied, asked, stopped], [4, 2, 1, ["notes/read_note", "notes/write_note"]])
    }
  })

  it("is told to the others as a person brings it about, and of time nothing more", async () => {
    await using world = await openCallWorld()
    const security = await world.person("security")
    await observeAgent(world, security, { agent: world.agent.id, reason: "to see", days: 1 })
    await enforceAgent(world, world.owner, { agent: world.agent.id, reason: "seen enough" })
    assert.deepEqual((await told(world, "agent.mode-changed"))[0], ["ended", security.id])
    world.clock.advance(48 * HOUR)
    assert.equal(await endObserving(world), 0)
  })
})

/** How each such event is told and to whom, the newest first. */
async function told(world: CallWorld, type: "agent.mode-changed" | "agent.warned"): Promise<unknown[]> {
  return world.snapshot(async (tx) => {
    const all: unknown[] = []
    for (const event of await tx.outbox.list({ type, limit: 10 }))
      for (const { details, to } of await tellingsOf(tx, readEvent(event)))
        all.push([details?.["how"], ...to.toSorted()])
    return all
  })
}
