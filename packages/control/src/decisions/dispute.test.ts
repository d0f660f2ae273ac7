import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { besideOracle, evaluateSlice, type Judge } from "@tabard/policy"
import { readEvent } from "../notifications/read-event.ts"
import { tellingsOf } from "../notifications/tellings-of.ts"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { issueToken } from "../tokens/issue-token.ts"
import { evaluateCall } from "./evaluate-call.ts"
import { KnownInputs } from "./known-inputs.ts"
import { PolicyKeeper } from "./policies-in-force.ts"
import { recordDisputedQuestion } from "./record-dispute.ts"
import { openCallWorld } from "./testing/call-world.ts"
import { tokenRequest } from "./testing/token-request.ts"
import { visibleTools } from "./visible-tools.ts"

const OUTSIDE = { tool: "read_note", arguments: { path: "/etc/passwd" } }
const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

/** Lets everything hold that permits, and nothing that forbids. */
const careless: Judge = ({ policies }) => ({
  kind: "judged",
  held: policies.filter(({ json }) => json.effect === "permit"),
  erred: [],
})

describe("a decision that two judges differ about", () => {
  it("would be a permit by the wrong one alone, so that these tests mean what they say", async () => {
    await using world = await openCallWorld()
    assert.equal((await world.enforce(OUTSIDE, judgedBy(careless))).effect, "permit")
  })

  it("is denied with a code of its own, and an event of its own commits with it", async () => {
    await using world = await openCallWorld()
    const denied = await world.enforce(OUTSIDE, judgedBy(besideOracle(careless)))
    assert.ok(denied.effect === "deny")
    assert.equal(denied.code, "judges_disagree")
    const [event, ...more] = await world.events("call.disputed")
    assert.deepEqual(
      [event?.["agent"], event?.["action"], more.length],
      [world.agent.id, "notes/read_note", 0],
    )
    assert.match(JSON.stringify(event?.["data"]), /the evaluator answers .*, and Cedar/)
  })

  it("alarms once in ten minutes, while each decision is recorded by itself", async () => {
    await using world = await openCallWorld()
    const deps = judgedBy(besideOracle(careless))
    for (let again = 0; again < 3; again++) await world.enforce(OUTSIDE, deps)
    assert.equal((await world.events("call.disputed")).length, 1)
    assert.equal((await world.events("call.decided")).length, 3)
    world.clock.advance(600_001)
    await world.enforce(OUTSIDE, deps)
    assert.equal((await world.events("call.disputed")).length, 2)
  })

  it("alarms also where it is only evaluated", async () => {
    await using world = await openCallWorld()
    const { caller, server, point } = world
    const deps = { ...world, ...judgedBy(besideOracle(careless)), known: new KnownInputs() }
    for (let again = 0; again < 2; again++) {
      const answer = await evaluateCall(deps, {
        who: { token: caller },
        server: server.id,
        point,
        ...OUTSIDE,
      })
      assert.deepEqual([answer.effect, answer.code], ["deny", "judges_disagree"])
    }
    assert.equal((await world.events("call.disputed")).length, 1)
  })

  it("is told to administrators and security, and to nobody else", async () => {
    await using world = await openCallWorld()
    const [ann, ben] = [await world.person("administrator"), await world.person("security")]
    await world.enforce(OUTSIDE, judgedBy(besideOracle(careless)))
    const told = await world.snapshot(async (tx) => {
      const [event] = await tx.outbox.list({ type: "call.disputed", limit: 1 })
      return tellingsOf(tx, readEvent(event ?? assert.fail("nothing was recorded")))
    })
    assert.deepEqual(
      told.map(({ kind, to }) => [kind, to.toSorted()]),
      [["decision-disputed", [ann.id, ben.id].toSorted()]],
    )
  })

  it("of an application that an enforcement point asked alarms as one of a call does", async () => {
    await using world = await openCallWorld()
    const ann = await world.person("administrator")
    const about = { application: "library", action: "borrow", resource: "book/b1", by: world.point.id }
    for (let again = 0; again < 2; again++) await recordDisputedQuestion(world, about, "they differ")
    const events = await world.snapshot(({ outbox }) => outbox.list({ type: "call.disputed", limit: 5 }))
    assert.equal(events.length, 1)
    const event = readEvent(events[0] ?? assert.fail())
    assert.deepEqual([event.agent, event.action], [null, "library/borrow"])
    const [told] = await world.snapshot((tx) => tellingsOf(tx, event))
    assert.deepEqual([told?.kind, told?.to], ["decision-disputed", [ann.id]])
  })

  it("keeps from a token and from the list of tools, and alarms there as at a call", async () => {
    await using world = await openCallWorld()
    const rail = `forbid (principal, action in [Tabard::Action::"token.issue", Tabard::Action::"tools/list"], resource);`
    const address = ownAddress("guard", "own")
    await putOwnPolicies(world, await world.person("security"), { address, source: rail, seen: 0 })
    const deps = judgedBy(besideOracle(careless))
    await assert.rejects(issueToken({ ...world, ...deps }, tokenRequest(world)), { code: "not_allowed" })
    const [issuing, ...more] = await world.events("call.disputed")
    assert.deepEqual(
      [issuing?.["agent"], issuing?.["action"], issuing?.["resource"], more.length],
      [world.agent.id, "token.issue", "https://tabard.example/mcp", 0],
    )
    assert.match(JSON.stringify(issuing?.["data"]), /the evaluator answers .*, and Cedar/)
    assert.deepEqual(await visibleTools({ ...world, ...deps }, world.caller, world.server), [])
    assert.equal((await world.events("call.disputed")).length, 1, "one alarm stands for ten minutes")
    world.clock.advance(600_001)
    assert.deepEqual(await visibleTools({ ...world, ...deps }, world.caller, world.server), [])
    const listing = (await world.events("call.disputed")).find(({ action }) => action === "tools/list")
    assert.deepEqual([listing?.["agent"], listing?.["resource"]], [world.agent.id, world.server.id])
  })

  it("is none where both judge alike", async () => {
    await using world = await openCallWorld()
    const deps = judgedBy(besideOracle(evaluateSlice))
    assert.equal((await world.enforce(READ, deps)).effect, "permit")
    assert.equal((await world.enforce(OUTSIDE, deps)).effect, "deny")
    assert.equal((await world.enforce(undefined, deps)).effect, "ask")
    assert.deepEqual(await world.events("call.disputed"), [])
  })
})

function judgedBy(judge: Judge): { readonly policies: PolicyKeeper } {
  return { policies: new PolicyKeeper({ judge }) }
}
