import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Finding, findingStateAt, type Id, newId, type User } from "@tabard/core"
import { recordScan } from "../discovery/record-scan.ts"
import {
  type ControlWorld,
  DAY,
  HOUR,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../testing/control-world.ts"
import { acceptFinding, withdrawAcceptance } from "./accept-finding.ts"
import { lapseAcceptances } from "./lapse-acceptances.ts"
import { plaintext, seenAgent, seenReport } from "./testing/seen-report.ts"

describe("accepting a finding", () => {
  it("keeps who did, why and until when, with the finding and in the record", async () => {
    await using world = await openControlWorld()
    const security = await world.person("security")
    const { id } = await found(world)
    const until = later(world, DAY)
    await acceptFinding(world, security, { finding: id, reason: "a test key", until })
    const at = world.clock.now()
    const accepted = { kind: "accepted", by: security.id, at, reason: "a test key", until }
    assert.deepEqual((await find(world, id)).standing, accepted)
    const [told] = await world.events("finding.accepted")
    assert.deepEqual(told?.["actor"], { kind: "user", id: security.id })
    assert.deepEqual(told?.["data"], {
      finding: id,
      rule: "plaintext-credential",
      severity: "high",
      reason: "a test key",
      until: until.toISOString(),
    })
  })

  it("ends with its date by the clock alone, and is noted once by the job", async () => {
    await using world = await openControlWorld()
    const { id } = await accepted(world)
    assert.equal(await lapseAcceptances(world), 0)
    world.clock.advance(DAY)
    assert.equal(findingStateAt(await find(world, id), world.clock.now()), "open")
    assert.equal((await find(world, id)).standing.kind, "accepted")
    assert.deepEqual([await lapseAcceptances(world), await lapseAcceptances(world)], [1, 0])
    assert.deepEqual((await find(world, id)).standing, { kind: "open" })
    const [told] = await world.events("finding.reopened")
    assert.deepEqual(
      [told?.["actor"], told?.["data"]],
      [
        { kind: "system", id: "findings" },
        { finding: id, rule: "plaintext-credential", severity: "high", why: "its acceptance is over" },
      ],
    )
  })

  it("can be done anew once it is over, although nobody noted its end", async () => {
    await using world = await openControlWorld()
    const { id, by } = await accepted(world)
    world.clock.advance(DAY)
    await acceptFinding(world, by, { finding: id, reason: "still a test key", until: later(world, DAY) })
    assert.equal(findingStateAt(await find(world, id), world.clock.now()), "accepted")
  })

  it("lets exactly one of many at once be the one", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { id } = await found(world)
    const answers = await twentyAtOnce((n) =>
      acceptFinding(world, admin, { finding: id, reason: `reason ${n}`, until: later(world, DAY) }),
    )
    assert.equal(answers.filter((answer) => answer === "finding_state_conflict").length, 19)
    assert.equal((await world.events("finding.accepted")).length, 1)
  })

  it("wants a date ahead, and no more than a year", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { id } = await found(world)
    for (const ms of [0, -HOUR, 367 * DAY]) {
      const until = later(world, ms)
      await assert.rejects(acceptFinding(world, admin, { finding: id, reason: "x", until }), {
        code: "body_invalid",
      })
    }
  })

  it("is refused for a finding that is resolved, or that is not there", async () => {
    await using world = await openControlWorld()
    const admin = await world.person("administrator")
    const { id } = await found(world)
    await recordScan(world, "laptop", seenReport())
    const request = { reason: "x", until: later(world, DAY) }
    await assert.rejects(acceptFinding(world, admin, { ...request, finding: id }), {
      code: "finding_state_conflict",
    })
    for (const finding of ["fnd_1", newId("finding", world.clock), newId("agent", world.clock)])
      await assert.rejects(acceptFinding(world, admin, { ...request, finding }), {
        code: "finding_not_found",
      })
  })

  it("is for security and administrators, and for who owns every agent that it is about", async () => {
    await using world = await openControlWorld()
    const [owner, other, auditor] = [
      await world.person("member"),
      await world.person("member"),
      await world.person("auditor"),
    ]
    const { id } = await found(world, owner, other)
    const request = { finding: id, reason: "x", until: later(world, DAY) }
    // The token is held by two agents, and each of them has another owner.
    for (const person of [owner, other, auditor])
      await assert.rejects(acceptFinding(world, person, request), { code: "not_allowed" })
    const own = await ownFinding(world, owner)
    await assert.rejects(acceptFinding(world, other, { ...request, finding: own.id }), {
      code: "not_allowed",
    })
    await acceptFinding(world, owner, { ...request, finding: own.id })
  })

  it("is not for an owner where the finding is about no agent at all", async () => {
    await using world = await openControlWorld()
    const owner = await world.person("member")
    await found(world, owner)
    const finding = await kept(world, { rule: "source-not-read", subject: "laptop" })
    const request = { finding: finding.id, reason: "x", until: later(world, DAY) }
    await assert.rejects(acceptFinding(world, owner, request), { code: "not_allowed" })
  })
})

describe("taking an acceptance back", () => {
  it("opens the finding at once, with the reason in the record", async () => {
    await using world = await openControlWorld()
    const { id, by } = await accepted(world)
    await withdrawAcceptance(world, by, { finding: id, reason: "it was no test key" })
    assert.deepEqual((await find(world, id)).standing, { kind: "open" })
    const [told] = await world.events("finding.reopened")
    assert.deepEqual(told?.["actor"], { kind: "user", id: by.id })
    await assert.rejects(withdrawAcceptance(world, by, { finding: id, reason: "again" }), {
      code: "finding_state_conflict",
    })
  })

  it("is refused to who may not accept it", async () => {
    await using world = await openControlWorld()
    const { id } = await accepted(world)
    const stranger = await world.person("member")
    await assert.rejects(withdrawAcceptance(world, stranger, { finding: id, reason: "x" }), {
      code: "not_allowed",
    })
  })
})

/** A token in plain text that two agents hold, each taken on by one of the owners where there are any. */
async function found(world: ControlWorld, ...owners: readonly User[]): Promise<Finding> {
  const agents = [seenAgent(), seenAgent({ key: "agent-2", name: "Claude Code" })]
  const { discovered } = await recordScan(world, "laptop", seenReport({ agents, findings: [plaintext()] }))
  await world.transact(async (tx) => {
    for (const [at, owner] of owners.entries()) {
      const agent = discovered[at] ?? assert.fail()
      await tx.agents.assign(agent, owner.id, mandateOf(owner, world.clock))
    }
  })
  return only(world, "plaintext-credential")
}

/** Something about one agent alone: its owner's mandate is about to end. */
async function ownFinding(world: ControlWorld, owner: User): Promise<Finding> {
  const [agent = assert.fail()] = await world.snapshot(({ agents }) =>
    agents.list({ owner: owner.id, limit: 1 }),
  )
  return kept(world, { rule: "review-overdue", subject: agent.id })
}

async function kept(world: ControlWorld, about: Pick<Finding, "rule" | "subject">): Promise<Finding> {
  const finding: Finding = {
    id: newId("finding", world.clock),
    ...about,
    severity: "low",
    message: "It is so.",
    evidence: [],
    standing: { kind: "open" },
    openedAt: world.clock.now(),
    lastSeenAt: world.clock.now(),
    reopened: 0,
  }
  await world.transact(({ findings }) => findings.insert([finding]))
  return finding
}

async function accepted(world: ControlWorld): Promise<{ id: Id<"finding">; by: User }> {
  const by = await world.person("administrator")
  const { id } = await found(world)
  await acceptFinding(world, by, { finding: id, reason: "a test key", until: later(world, DAY) })
  return { id, by }
}

async function only(world: ControlWorld, rule: string): Promise<Finding> {
  const [finding] = await world.snapshot(({ findings }) =>
    findings.list({ now: world.clock.now(), rule, limit: 10 }),
  )
  return finding ?? assert.fail()
}

async function find(world: ControlWorld, id: Id<"finding">): Promise<Finding> {
  return (await world.snapshot(({ findings }) => findings.find(id))) ?? assert.fail()
}

function later(world: ControlWorld, ms: number): Date {
  return new Date(world.clock.now().getTime() + ms)
}
