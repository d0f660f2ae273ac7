import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import { closeTask } from "../tasks/close-task.ts"
import { differenceInWords, evaluatedAnswer, recordedAnswer } from "./difference-in-words.ts"
import { type Explanation, explainDecision } from "./explain-decision.ts"
import { putManifest } from "./put-manifest.ts"
import { asked, type CallWorld, MANIFEST, openCallWorld } from "./testing/call-world.ts"
import { questionAgain, type SupposedQuestion, whatIf } from "./what-if.ts"

const WRITE = { tool: "write_note", arguments: { path: "/notes/a.md", content: "tidy" } }
const OUTSIDE = { tool: "read_note", arguments: { path: "/etc/passwd" } }

describe("explaining a decision", () => {
  it("tells the links, the policies' words and text, whom it asks, its arguments and its event", async () => {
    await using world = await openCallWorld()
    const waiting = asked(await world.enforce(WRITE))
    const { decision, policies, approval, arguments: args, event } = await latest(world)
    assert.equal(decision.effect, "ask")
    assert.deepEqual(decision.grounds?.links, [
      { link: "user", id: world.owner.id, effect: "permit" },
      { link: "task", id: world.task.id, effect: "permit" },
      { link: "agent", id: world.agent.id, effect: "ask" },
    ])
    assert.equal(decision.onBehalfOf, world.owner.id)
    assert.deepEqual(
      decision.grounds.asks.map(({ route }) => route),
      ["owner"],
    )
    assert.equal(approval?.id, waiting.id)
    assert.deepEqual(args, WRITE.arguments)
    assert.ok(policies.length > 0)
    for (const { id, text, effect } of policies) {
      assert.ok(decision.reasons.includes(id))
      assert.ok(text.includes(effect))
    }
    const told = await world.snapshot(async ({ outbox }) => (event ? outbox.find(event) : undefined))
    assert.equal(told?.type, "call.decided")
  })

  it("tells policies as they stood when it was decided, whatever came since", async () => {
    await using world = await openCallWorld()
    asked(await world.enforce(WRITE))
    const before = await latest(world)
    world.clock.advance(1000)
    await putManifest(world, world.owner, {
      agent: world.agent.id,
      text: MANIFEST.replace("write_note, arguments: { path: { under: /notes } }", "write_note"),
    })
    await closeTask(world, world.owner, world.task.id)
    assert.deepEqual((await latest(world)).policies, before.policies)
  })

  it("finds the newest decision of a call, and none where there is none", async () => {
    await using world = await openCallWorld()
    await world.enforce(OUTSIDE)
    const { decision } = await latest(world)
    const byCall = await world.snapshot((tx) => explainDecision(tx, decision.call))
    assert.equal(byCall.decision.id, decision.id)
    assert.equal(byCall.arguments, null)
    await assert.rejects(
      world.snapshot((tx) => explainDecision(tx, "dec_none")),
      { code: "decision_not_found" },
    )
  })
})

describe("asking what if", () => {
  it("answers a recorded question as it was answered, also when its task is over and its manifest another", async () => {
    await using world = await openCallWorld()
    asked(await world.enforce(WRITE))
    const explained = await latest(world)
    world.clock.advance(1000)
    await putManifest(world, world.owner, {
      agent: world.agent.id,
      text: MANIFEST.replace("  - { server: notes, tool: write_note", "# "),
    })
    await closeTask(world, world.owner, world.task.id)
    const again = questionAgain(explained)
    const answer = await whatIf(world, again)
    assert.deepEqual(evaluatedAnswer(answer), recordedAnswer(explained.decision))
    assert.deepEqual(difference(explained, answer), ["It would be asked about all the same"])
    const { asOf: _, at: __, ...now } = again
    assert.equal((await whatIf(world, now)).effect, "deny")
  })

  it("answers with any part changed, and says in words what would be otherwise", async () => {
    await using world = await openCallWorld()
    const waiting = asked(await world.enforce(WRITE))
    const explained = await latest(world)
    const again = questionAgain(explained)
    const words = async (changes: Partial<SupposedQuestion>): Promise<string> =>
      difference(explained, await whatIf(world, { ...again, ...changes })).join(". ")
    const outside = await words({ arguments: { path: "/etc/passwd", content: "x" } })
    assert.match(outside, /^It would be denied instead: .*write_note/)
    assert.match(outside, /The agent “agt_\S+” would answer deny, not ask/)
    const agreed = { session: { ...again.session, approved: ["owner"] } }
    assert.match(await words(agreed), /^It would be permitted instead\. /)
    const reading = await words({ tool: "read_note", arguments: { path: "/notes/a.md" } })
    assert.match(reading, /^It would be permitted instead/)
    const draft = (text: string): Partial<SupposedQuestion> => ({ draft: { kind: "manifest", text } })
    const withoutIt = draft(MANIFEST.replace("  - { server: notes, tool: write_note", "# "))
    assert.match(await words(withoutIt), /^It would be denied instead: the intent does not allow write_note/)
    const guard = `@say("no writing") forbid (principal, action in Tabard::Action::"effect:write", resource)
      when { context.session.env == "staging" };`
    const held = {
      draft: { kind: "guard", text: guard },
      session: { ...again.session, env: "staging" },
    } as const
    assert.match(await words(held), /denied instead: .*no writing/)
    assert.match(
      await words({ at: new Date(Date.parse("2099-01-01T00:00:00Z")) }),
      /^It would be denied instead/,
    )
    await resolveApproval(world, world.owner.id, waiting.id, "approved")
    assert.match(await words({}), /all the same/, "what people said of real calls is not supposed")
  })

  it("leaves nothing behind, and refuses a draft that could not be in force", async () => {
    await using world = await openCallWorld()
    asked(await world.enforce(WRITE))
    const again = questionAgain(await latest(world))
    const everything = async (): Promise<unknown> => [await world.events(), await world.version()]
    const before = await everything()
    await whatIf(world, { ...again, draft: { kind: "guard", text: "" } })
    await assert.rejects(whatIf(world, { ...again, draft: { kind: "manifest", text: "purpose: 1" } }), {
      code: "manifest_invalid",
    })
    await assert.rejects(whatIf(world, { ...again, draft: { kind: "guard", text: "permit" } }), {
      code: "policy_invalid",
    })
    assert.deepEqual(await everything(), before)
  })

  it("needs arguments where none were kept", async () => {
    await using world = await openCallWorld()
    await world.enforce(OUTSIDE)
    const explained = await latest(world)
    assert.throws(() => questionAgain(explained), { code: "body_invalid" })
    const answer = await whatIf(world, questionAgain({ ...explained, arguments: OUTSIDE.arguments }))
    assert.deepEqual(evaluatedAnswer(answer), recordedAnswer(explained.decision))
  })
})

function latest(world: CallWorld): Promise<Explanation> {
  return world.snapshot(async (tx) => {
    const [newest] = await tx.decisions.list({ agent: world.agent.id, limit: 1 })
    return explainDecision(tx, newest?.id ?? "")
  })
}

function difference(
  { decision }: Explanation,
  answer: Awaited<ReturnType<typeof whatIf>>,
): readonly string[] {
  return differenceInWords(recordedAnswer(decision), evaluatedAnswer(answer))
}
