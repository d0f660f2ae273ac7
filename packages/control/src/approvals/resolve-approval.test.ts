import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Approval } from "@tabard/core"
import { asked, type CallWorld, openCallWorld } from "../decisions/testing/call-world.ts"
import { twentyAtOnce } from "../testing/control-world.ts"
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

async function kept({ snapshot }: CallWorld, { id }: Approval): Promise<Approval> {
  return (await snapshot(({ approvals }) => approvals.find(id))) ?? assert.fail("it is gone")
}
