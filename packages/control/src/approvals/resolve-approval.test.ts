import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Approval, type Id, newId, type User } from "@tabard/core"
import { makeApiToken } from "../api-tokens/make-api-token.ts"
import { asked, type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { declareReach, withdrawReach } from "../self-government/declare-reach.ts"
import { governedShelf } from "../self-government/governed-shelf.ts"
import { commandLineOf, type Hand } from "../self-government/government-node.ts"
import { mandateOf, twentyAtOnce } from "../testing/control-world.ts"
import { expireApprovals } from "./expire-approvals.ts"
import { resolveApproval } from "./resolve-approval.ts"

const MINUTE = 60_000

describe("resolving an approval", () => {
  for (const verdict of ["approved", "denied"] as const) {
    it(`keeps that it was ${verdict}, by whom and about what, with its event`, async () => {
      await using world = await openCallWorld()
      const question = asked(await world.enforce())
      const resolved = await resolveApproval(world, world.owner.id, question.id, verdict)
      assert.deepEqual(resolved.state, { kind: verdict, by: world.owner.id, at: world.clock.now() })
      assert.deepEqual(await kept(world, question), resolved)
      const [event, ...more] = await world.events(`approval.${verdict}`)
      assert.deepEqual(more, [])
      const { actionHash, bindingHash } = question
      assert.deepEqual(event?.["data"], { actionHash, bindingHash })
    })
  }

  it("is refused to everybody who is not named, whatever their role", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    for (const role of ["administrator", "security", "auditor", "member"] as const) {
      const { id } = await world.person(role)
      await assert.rejects(resolveApproval(world, id, question.id, "approved"), { code: "not_an_approver" })
    }
    await assert.rejects(resolveApproval(world, "usr_none", question.id, "approved"), {
      code: "not_an_approver",
    })
    assert.equal((await kept(world, question)).state.kind, "pending")
  })

  it("is refused to an approver who was switched off", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    await world.transact(({ users }) => users.setActive(world.owner.id, false))
    await assert.rejects(resolveApproval(world, world.owner.id, question.id, "approved"), {
      code: "not_an_approver",
    })
  })

  it("is refused to the asking agent, which has no way to be a person", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    const agent = world.agent.id as unknown as `usr_${string}`
    await assert.rejects(resolveApproval(world, agent, question.id, "approved"), { code: "not_an_approver" })
  })

  it("lets the first of twenty verdicts win, and keeps one event", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    const verdicts = ["approved", "denied"] as const
    const outcomes = await twentyAtOnce((n) =>
      resolveApproval(world, world.owner.id, question.id, verdicts[n % 2] ?? "denied"),
    )
    const won = outcomes.filter((outcome) => typeof outcome !== "string")
    assert.equal(won.length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === "approval_already_resolved").length, 19)
    assert.deepEqual((await kept(world, question)).state, won[0]?.state)
    assert.equal((await world.events("approval.approved", "approval.denied")).length, 1)
  })

  it("is refused when it expired, marked or not", async () => {
    await using world = await openCallWorld()
    const question = asked(await world.enforce())
    world.clock.advance(15 * MINUTE)
    await assert.rejects(resolveApproval(world, world.owner.id, question.id, "approved"), {
      code: "approval_expired",
    })
    assert.equal(await expireApprovals(world), 1)
    assert.equal(await expireApprovals(world), 0)
    assert.equal((await world.events("approval.expired")).length, 1)
    await assert.rejects(resolveApproval(world, world.owner.id, question.id, "approved"))
    assert.equal((await kept(world, question)).state.kind, "expired")
  })

  it("is refused where there is no such question", async () => {
    await using world = await openCallWorld()
    for (const id of ["apr_none", "", "agt_1", "x".repeat(5000)]) {
      await assert.rejects(resolveApproval(world, world.owner.id, id, "approved"), {
        code: "approval_not_found",
      })
    }
  })
})

describe("whoever asks has no say in the answer", () => {
  const REFUSED = { code: "self_government" } as const

  it("refuses an approver whom the agent could pass for, on record and once; who takes that from it may be answered", async () => {
    await using world = await openCallWorld()
    const ann = await world.person("administrator")
    const question = asked(await world.enforce())
    const { id } = await declareReach(world, ann, { holder: world.agent.id, to: "directory" })
    const answers = resolveApproval(world, world.owner.id, question.id, "approved")
    await assert.rejects(answers, { ...REFUSED, message: /may change the directory, which says who is / })
    assert.equal((await kept(world, question)).state.kind, "pending")
    const [refused, ...more] = await world.events("reach.refused")
    assert.deepEqual(more, [])
    assert.equal(refused?.["agent"], world.agent.id)
    await withdrawReach(world, ann, id)
    const { state } = await resolveApproval(world, world.owner.id, question.id, "approved")
    assert.equal(state.kind, "approved")
  })

  it("lets an approver say no whatever the agent has in its hands", async () => {
    await using world = await openCallWorld()
    const ann = await world.person("administrator")
    const question = asked(await world.enforce())
    await declareReach(world, ann, { holder: world.agent.id, to: "directory" })
    const { state } = await resolveApproval(world, world.owner.id, question.id, "denied")
    assert.equal(state.kind, "denied")
  })

  it("refuses two agents that would answer for each other", async () => {
    await using world = await openCallWorld()
    const ann = await world.person("administrator")
    const other = await ownedBy(world, ann)
    const question = asked(await world.enforce())
    await declareReach(world, ann, { holder: other.id, to: "directory" })
    const { state } = await resolveApproval(world, world.owner.id, question.id, "approved")
    assert.equal(state.kind, "approved", "what the other asks for is another matter")
    const again = asked(await world.enforce({ arguments: { path: "/notes/b.md", content: "tidy" } }))
    await declareReach(world, ann, { holder: world.agent.id, to: "organisation" })
    await assert.rejects(resolveApproval(world, world.owner.id, again.id, "approved"), REFUSED)
  })

  it("refuses its token, that of whoever acts for it, and the command line that it runs beside, each once on record", async () => {
    await using world = await openCallWorld()
    const ann = await world.person("administrator")
    const mate = await ownedBy(world, ann)
    await delegateTo(world, mate)
    const wish = { purpose: "Nightly", role: "administrator", scopes: ["agents:write"], days: 1 } as const
    const own = await makeApiToken(world, ann, { ...wish, heldBy: [world.agent.id] })
    const mates = await makeApiToken(world, ann, { ...wish, heldBy: [mate.id] })
    await runsLocally(world)
    const hands = [own.made.id, mates.made.id, commandLineOf(world.owner.id)]
    const question = asked(await world.enforce())
    for (const hand of hands) {
      const shelf = answeringBy(world, hand, question)
      await assert.rejects(
        resolveApproval({ ...world, ...shelf }, world.owner.id, question.id, "approved"),
        REFUSED,
      )
    }
    assert.equal((await world.events("reach.refused")).length, hands.length)
    const { state } = await resolveApproval(world, world.owner.id, question.id, "approved")
    assert.equal(state.kind, "approved", "in the browser its owner answers")
  })
})

function ownedBy({ world }: CallWorld, owner: User): ReturnType<CallWorld["world"]["agent"]> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

function answeringBy(world: CallWorld, actor: Hand, { id }: Approval): ReturnType<typeof governedShelf> {
  const changes = [{ kind: "approval", id }] as const
  return governedShelf(world, world, { operation: "answerApproval", actor, caller: world.owner.id, changes })
}

async function delegateTo(
  { agent, clock, owner, transact }: CallWorld,
  mate: { readonly id: Id<"agent"> },
): Promise<void> {
  await transact(({ delegations }) =>
    delegations.allow({
      id: newId("delegation", clock),
      from: agent.id,
      to: mate.id,
      scope: null,
      allowedBy: owner.id,
      allowedAt: clock.now(),
      expiresAt: new Date(clock.now().getTime() + 60 * MINUTE),
      withdrawnAt: null,
    }),
  )
}

async function runsLocally({ agent, clock, owner, transact }: CallWorld): Promise<void> {
  const said = {
    name: "category",
    kind: "declared",
    source: owner.id,
    value: "local",
    at: clock.now(),
  } as const
  await transact(({ facts }) => facts.put({ subject: agent.id, ...said }))
}

async function kept({ snapshot }: CallWorld, { id }: Approval): Promise<Approval> {
  return (await snapshot(({ approvals }) => approvals.find(id))) ?? assert.fail("it is gone")
}
