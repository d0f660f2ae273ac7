import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Approval, type Id, newId, type User } from "@tabard/core"
import { shelfFor } from "../access/own-shelf.ts"
import { makeApiToken } from "../api-tokens/make-api-token.ts"
import { checkAgentManifest, putManifest } from "../decisions/put-manifest.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { asked, type CallWorld, MANIFEST, openCallWorld } from "../decisions/testing/call-world.ts"
import { addMaintainer } from "../registry/maintain-agent.ts"
import { assertMayGovern } from "../self-government/assert-may-govern.ts"
import { twentyAtOnce } from "../testing/control-world.ts"
import { resolveApproval } from "./resolve-approval.ts"

describe("who is asked by a manifest", () => {
  it("is security: whoever holds it and no one else, not the agent's own owner", async () => {
    await using world = await openWorldAsking("security")
    const people = await everyRole(world)
    const question = asked(await world.enforce())
    assert.deepEqual(sorted(question.approvers), sorted([people.administrator, people.security]))
    assert.deepEqual(question.routes, ["security"])
    for (const nobody of [people.auditor, people.member, world.owner.id])
      await assert.rejects(answer(world, nobody, question), { code: "not_an_approver" })
    await answer(world, people.security, question)
    assert.equal((await world.enforce()).effect, "permit")
  })

  it("is nobody where only the owner holds it, which is told and denied", async () => {
    await using world = await openWorldAsking("security")
    await world.transact(({ users }) => users.setRole(world.owner.id, "security"))
    const denied = await world.enforce()
    assert.equal(denied.effect, "deny")
    assert.equal(denied.decision?.code, "nobody_to_ask")
    assert.match(denied.effect === "deny" ? denied.words : "", /agreement of security, and nobody/)
  })

  it("is an administrator alone, where it says so", async () => {
    await using world = await openWorldAsking("administrator")
    const people = await everyRole(world)
    assert.deepEqual(asked(await world.enforce()).approvers, [people.administrator])
  })

  it("is a team by its name, and who left it before they answer is asked no more", async () => {
    await using world = await openWorldAsking("team:payments")
    const { id: bob } = await world.world.person("member")
    const { id: eve } = await world.world.person("member")
    const team = await joined(world, [bob, eve, world.owner.id])
    const question = asked(await world.enforce())
    assert.deepEqual(sorted(question.approvers), sorted([bob, eve]))
    await world.transact(({ teams }) => teams.leave(team, bob))
    await assert.rejects(answer(world, bob, question), { code: "not_an_approver" })
    assert.equal((await answer(world, eve, question)).state.kind, "approved")
  })

  it("is nobody of whoever joins after the question was put", async () => {
    await using world = await openWorldAsking("team:Payments")
    const { id: bob } = await world.world.person("member")
    const { id: eve } = await world.world.person("member")
    const team = await joined(world, [bob])
    const question = asked(await world.enforce())
    await world.transact(({ teams }) => teams.join({ team, user: eve, joinedAt: world.clock.now() }))
    await assert.rejects(answer(world, eve, question), { code: "not_an_approver" })
  })

  it("is the manager of the person served, where the directory knows one", async () => {
    await using world = await openWorldAsking("manager")
    assert.equal((await world.enforce()).decision?.code, "nobody_to_ask")
    const { id: boss } = await world.world.person("member")
    await world.transact(({ users }) => users.setManager(world.owner.id, boss))
    assert.deepEqual(asked(await world.enforce()).approvers, [boss])
  })

  it("is who helps with the agent, and a person by their address", async () => {
    await using world = await openWorldAsking("maintainers")
    const ann = await world.world.person("member", { email: "ann@acme.example" })
    await addMaintainer(world, world.owner, { agent: world.agent.id, user: ann.id })
    assert.deepEqual(asked(await world.enforce()).approvers, [ann.id])
    await asking(world, "person:Ann@acme.example")
    const question = asked(await world.enforce(OTHER))
    assert.deepEqual(question.approvers, [ann.id])
    await world.transact(({ users }) => users.setActive(ann.id, false))
    await assert.rejects(answer(world, ann.id, question), { code: "not_an_approver" })
    assert.equal((await world.enforce(OTHER)).decision?.code, "nobody_to_ask")
  })

  it("is nobody whom a manifest cannot find: the place is told, and where too few are there now, that is said", async () => {
    await using world = await openWorldAsking("team:Payments")
    const [agent, text] = [world.agent.id, (ask: string) => MANIFEST.replace("ask: owner", `ask: ${ask}`)]
    const check = (ask: string) => checkAgentManifest(world, world.owner, { agent, text: text(ask) })
    const { problems } = await check("[owner, 'team:Paymnts']")
    assert.deepEqual(
      problems.map(({ line, message }) => [line, message]),
      [[6, "there is no team Paymnts here"]],
    )
    assert.equal((await check("person:nobody@acme.example")).problems.length, 1)
    const { sentences } = await check("team:Payments")
    assert.ok(sentences.some((one) => one.startsWith("Too few can agree as the team Payments now")))
    assert.ok(!(await check("owner")).sentences.some((one) => one.startsWith("Too few")))
  })

  it("can be changed by nothing that the asking agent has in its hands", async () => {
    await using world = await openWorldAsking("team:Payments")
    const ann = await world.world.person("administrator")
    const team = await joined(world, [])
    const wish = {
      purpose: "joins people",
      role: "administrator",
      scopes: ["people:write"],
      days: 1,
    } as const
    const { made: token } = await makeApiToken(world, ann, { ...wish, heldBy: [world.agent.id] })
    const said = world.snapshot((tx) =>
      assertMayGovern(tx, { actor: token.id, changed: [team] }, world.clock.now()),
    )
    await assert.rejects(said, {
      code: "self_government",
      message: /the team .*is asked about what is done by/,
    })
  })

  it("sees the question and its task, of an agent that they see nothing else of; nobody else sees either", async () => {
    await using world = await openWorldAsking("team:Payments")
    const [bob, eve] = [await world.world.person("member"), await world.world.person("member")]
    await joined(world, [bob.id])
    const { id } = asked(await world.enforce())
    const looks = (user: User) =>
      shelfFor(world, user).snapshot(async ({ approvals, tasks, agents }) => [
        (await approvals.list({ limit: 10 })).map((one) => one.id),
        await approvals.countPending(world.clock.now()),
        (await tasks.findAll([world.task.id])).map((task) => task.text),
        await agents.find(world.agent.id),
      ])
    assert.deepEqual(await looks(bob), [[id], 1, ["tidy"], undefined])
    assert.deepEqual(await looks(eve), [[], 0, [], undefined])
  })

  it("is the person served, whom an agent acts for", async () => {
    await using world = await openWorldAsking("user")
    assert.deepEqual(asked(await world.enforce()).approvers, [world.owner.id])
  })
})

describe("two people who have to agree", () => {
  const TWO = "{ anyOf: [owner, security, 'team:Payments'], count: 2 }"

  it("are two: the first is counted and waits, on record, and the second approves", async () => {
    await using world = await openWorldAsking(TWO)
    const { security } = await everyRole(world)
    const question = asked(await world.enforce())
    const first = await answer(world, world.owner.id, question)
    assert.deepEqual([first.state.kind, first.agreed.map(({ by }) => by)], ["pending", [world.owner.id]])
    assert.equal((await world.enforce()).effect, "ask")
    await assert.rejects(answer(world, world.owner.id, question), { code: "approval_already_resolved" })
    const second = await answer(world, security, question)
    assert.equal(second.state.kind, "approved")
    assert.deepEqual((await world.enforce()).effect, "permit")
    const [agreed, approved, ...more] = await world.events("approval.agreed", "approval.approved")
    assert.deepEqual(
      [agreed?.["type"], approved?.["type"], more],
      ["approval.agreed", "approval.approved", []],
    )
  })

  it("are refused by one no, whoever has agreed", async () => {
    await using world = await openWorldAsking(TWO)
    const { security } = await everyRole(world)
    const question = asked(await world.enforce())
    await answer(world, world.owner.id, question)
    await resolveApproval(world, security, question.id, "denied")
    assert.equal((await world.enforce()).decision?.code, "denied_by_person")
  })

  it("are not two where the first has left by the time the second agrees", async () => {
    await using world = await openWorldAsking("{ anyOf: ['team:Payments'], count: 2 }")
    const people: Id<"user">[] = []
    for (let n = 0; n < 3; n++) people.push((await world.world.person("member")).id)
    const [ann = assert.fail(), bob = assert.fail(), eve = assert.fail()] = people
    const team = await joined(world, people)
    const question = asked(await world.enforce())
    await answer(world, ann, question)
    await world.transact(({ teams }) => teams.leave(team, ann))
    assert.equal((await answer(world, bob, question)).state.kind, "pending")
    assert.equal((await answer(world, eve, question)).state.kind, "approved")
  })

  it("are asked nobody where there is one only", async () => {
    await using world = await openWorldAsking("{ anyOf: ['team:Payments'], count: 2 }")
    await joined(world, [(await world.world.person("member")).id])
    const denied = await world.enforce()
    assert.match(
      denied.effect === "deny" ? denied.words : "",
      /2 people of the team Payments, and only 1 who/,
    )
  })

  it("are each counted once of many who agree at once, and one of them approves", async () => {
    await using world = await openWorldAsking("{ anyOf: ['team:Payments'], count: 5 }")
    const people: Id<"user">[] = []
    for (let n = 0; n < 5; n++) people.push((await world.world.person("member")).id)
    await joined(world, people)
    const question = asked(await world.enforce())
    const outcomes = await twentyAtOnce((n) => answer(world, people[n % 5] ?? assert.fail(), question))
    assert.equal(outcomes.filter((one) => typeof one !== "string").length, 5)
    assert.equal((await world.events("approval.agreed")).length, 4)
    assert.equal((await world.events("approval.approved")).length, 1)
  })
})

describe("several who ask", () => {
  it("have each to be agreed with: a guard-rail's security and the manifest's owner", async () => {
    await using world = await openCallWorld()
    const { security } = await everyRole(world)
    await world.transact(async (tx) => {
      const text = `@ask("security") forbid (principal is Tabard::Agent, action, resource)
unless { context.session.approved.contains("security") };`
      const policies = [{ id: "own/1", text }]
      await putPolicies(world, tx, { kind: "guard", subject: "own", author: "x", policies })
      await tx.organisation.bumpVersion()
    })
    const question = asked(await world.enforce())
    assert.deepEqual(sorted(question.routes), ["owner", "security"])
    assert.equal((await answer(world, security, question)).state.kind, "pending")
    assert.equal((await world.enforce()).effect, "ask")
    assert.equal((await answer(world, world.owner.id, question)).state.kind, "approved")
    assert.equal((await world.enforce()).effect, "permit")
  })

  it("are one question of several answers where a manifest lists them", async () => {
    await using world = await openWorldAsking("[owner, security]")
    await everyRole(world)
    assert.deepEqual(sorted(asked(await world.enforce()).routes), ["owner", "security"])
  })
})

const OTHER = { arguments: { path: "/notes/b.md", content: "tidy" } }

async function openWorldAsking(ask: string): Promise<CallWorld> {
  const world = await openCallWorld()
  const { clock } = world
  const id = newId("team", clock)
  await world.transact(({ teams }) =>
    teams.add({
      id,
      name: "Payments",
      externalName: null,
      keptBy: "people",
      lead: null,
      createdAt: clock.now(),
    }),
  )
  await asking(world, ask)
  return world
}

async function asking(world: CallWorld, ask: string): Promise<void> {
  const text = MANIFEST.replace("ask: owner", `ask: ${ask}`)
  await putManifest(world, world.owner, { agent: world.agent.id, text })
}

function answer(world: CallWorld, by: Id<"user">, { id }: Pick<Approval, "id">): Promise<Approval> {
  return resolveApproval(world, by, id, "approved")
}

async function everyRole({ world }: CallWorld): Promise<Record<User["role"], Id<"user">>> {
  return {
    administrator: (await world.person("administrator")).id,
    security: (await world.person("security")).id,
    auditor: (await world.person("auditor")).id,
    member: (await world.person("member")).id,
  }
}

/** Takes people into the one team that there is. */
async function joined({ transact, clock }: CallWorld, people: readonly Id<"user">[]): Promise<Id<"team">> {
  return transact(async ({ teams }) => {
    const [{ id } = assert.fail()] = await teams.list()
    for (const user of people) await teams.join({ team: id, user, joinedAt: clock.now() })
    return id
  })
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted()
}
