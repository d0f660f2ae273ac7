import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { putPolicies } from "../decisions/put-policies.ts"
import { openCallWorld } from "../decisions/testing/call-world.ts"
import { describeAgent } from "../registry/describe-agent.ts"
import { mandateOf } from "../testing/control-world.ts"
import { ownAddress } from "./own-address.ts"
import { coverageOf } from "./policy-coverage.ts"
import { policyGaps } from "./policy-gaps.ts"
import { previewOwnPolicies } from "./preview-own-policies.ts"
import { putOwnPolicies } from "./put-own-policies.ts"
import { policyVersion, policyVersions } from "./read-own-policies.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const GUARD = ownAddress("guard", "own")
const NO_READING = `forbid (principal, action in Tabard::Action::"effect:read", resource);`

describe("previewing a document", () => {
  it("tells which recorded decisions would come out otherwise, for certain only where no condition decides", async () => {
    await using world = await openCallWorld()
    const security = await world.person("security")
    await world.enforce(READ)
    await world.enforce({ ...READ, arguments: { path: "/elsewhere/a.md" } })
    const becomes = async (source: string): Promise<readonly string[]> => {
      const { changes, looked } = await previewOwnPolicies(world, security, { address: GUARD, source })
      assert.equal(looked, 2)
      return changes.map((change) => `${change.effect} ${change.decisions} ${change.becomes}`)
    }
    assert.deepEqual(await becomes(NO_READING), ["permit 1 denied"])
    assert.deepEqual(await becomes(NO_READING.replace(";", ' when { context.session.env == "test" };')), [
      "permit 1 perhaps-stricter",
    ])
    assert.deepEqual(await becomes(NO_READING.replace("effect:read", "effect:delete")), [])
    await putOwnPolicies(world, security, { address: GUARD, source: NO_READING, seen: 0 })
    await world.enforce(READ)
    const { changes } = await previewOwnPolicies(world, security, { address: GUARD, source: "" })
    assert.deepEqual(
      changes.map(({ becomes: after, decisions }) => `${after} ${decisions}`),
      ["perhaps-laxer 1"],
    )
  })

  it("puts nothing in force, and is for who may write alone", async () => {
    await using world = await openCallWorld()
    const wish = { address: GUARD, source: NO_READING }
    await previewOwnPolicies(world, await world.person("security"), wish)
    assert.equal((await world.enforce(READ)).effect, "permit")
    await assert.rejects(previewOwnPolicies(world, await world.person("auditor"), wish), {
      code: "not_allowed",
    })
  })
})

describe("the versions of a document", () => {
  it("stay readable with who wrote each, and an earlier one put again is a version of its own", async () => {
    await using world = await openCallWorld()
    const security = await world.person("security")
    for (const [seen, source] of [NO_READING, "", NO_READING].entries())
      await putOwnPolicies(world, security, { address: GUARD, source, seen })
    const place = { kind: "guard", subject: "own" } as const
    const versions = await world.snapshot((tx) => policyVersions(tx, security, place))
    assert.deepEqual(
      versions.map(({ version, author }) => [version, author]),
      [3, 2, 1].map((version) => [version, security.id]),
    )
    const first = await world.snapshot((tx) => policyVersion(tx, security, { ...place, version: 1 }))
    assert.equal(first.source, NO_READING)
    const none = world.snapshot((tx) => policyVersion(tx, security, { ...place, version: 9 }))
    await assert.rejects(none, { code: "policy_not_found" })
  })
})

describe("coverage", () => {
  it("tells of each tool whether its agent may, is asked or is kept from it, and by which policies", async () => {
    await using world = await openCallWorld()
    const [covered] = await world.snapshot((tx) => coverageOf(tx, world.organisation.id, [world.agent]))
    assert.equal(covered?.manifest, true)
    assert.equal(covered?.byHand, false)
    const verdicts = Object.fromEntries(covered?.tools.map(({ tool, verdict }) => [tool, verdict]) ?? [])
    assert.equal(verdicts["write_note"], "ask")
    assert.equal(verdicts["delete_note"], "ask")
    const read = covered?.tools.find(({ tool }) => tool === "read_note")
    assert.ok(read?.policies.some((id) => id.startsWith(`${world.agent.id}/`)))
  })

  it("tells what no policy speaks of, and which rules decided nothing", async () => {
    await using world = await openCallWorld()
    const { id } = await world.world.agent({ state: "active" })
    await world.enforce(READ)
    const gaps = await world.snapshot((tx) => policyGaps(tx))
    assert.deepEqual(gaps.agentsWithoutManifest, [id])
    assert.ok(gaps.silentPolicies.includes("guard/1"))
    const named = gaps.toolsWithoutPermit.map(({ tool }) => tool)
    assert.ok(!named.includes("read_note"))
    assert.equal(named.length, 1)
  })

  it("tells an offered guard-rail of those alone who act where it holds", async () => {
    await using world = await openCallWorld()
    const speaking = async (environment: "production" | "test"): Promise<boolean> => {
      await describeAgent(world, await world.person("security"), {
        agent: world.agent.id,
        change: { environment },
        insist: true,
      })
      world.clock.advance(1000)
      const [covered] = await world.snapshot((tx) => coverageOf(tx, world.organisation.id, [world.agent]))
      const all = covered?.tools.flatMap(({ policies }) => policies) ?? []
      return all.includes("offered/proven-identity")
    }
    assert.equal(await speaking("test"), false)
    assert.equal(await speaking("production"), true)
  })

  it("looks at every active agent, and says where there are more than it tells", async () => {
    await using world = await openCallWorld()
    const mandate = mandateOf(world.owner, world.clock)
    const made: string[] = []
    const few = await world.snapshot(policyGaps)
    assert.deepEqual([few.agentsWithoutManifest, few.more.agents], [[], false])
    const bound = Array.from({ length: 1001 }, () => newId("agent", world.clock))
    await world.transact(async (tx) => {
      for (const id of bound) {
        await tx.agents.insert({ ...world.agent, id })
        const set = { kind: "intent", subject: id, author: "test", policies: [] } as const
        await putPolicies(world, tx, set)
      }
    })
    world.clock.advance(1000)
    const { id: last } = await world.world.agent({ state: "active", owner: world.owner.id, mandate })
    assert.deepEqual((await world.snapshot(policyGaps)).agentsWithoutManifest, [last])
    for (let n = 0; n < 200; n++) made.push((await world.world.agent({ state: "active" })).id)
    const many = await world.snapshot(policyGaps)
    assert.deepEqual([many.agentsWithoutManifest.length, many.more.agents], [200, true])
  })

  it("takes a tool for permitted by whoever writes by hand, also by its class", async () => {
    await using world = await openCallWorld()
    const unpermitted = async (): Promise<readonly string[]> =>
      (await world.snapshot(policyGaps)).toolsWithoutPermit.map(({ tool }) => tool)
    assert.deepEqual(await unpermitted(), ["pay"])
    const put = (action: string, seen: number) =>
      putOwnPolicies(world, world.owner, {
        address: ownAddress("hand", world.agent.id),
        source: `permit (principal == Tabard::Agent::"${world.agent.id}", ${action}, resource);`,
        seen,
      })
    await put(`action in Tabard::Action::"effect:read"`, 0)
    assert.deepEqual(await unpermitted(), ["pay"])
    await put(`action in [Tabard::Action::"tools/list", Tabard::Action::"effect:financial"]`, 1)
    assert.deepEqual(await unpermitted(), [])
    await put("action", 2)
    assert.deepEqual(await unpermitted(), [])
  })
})
