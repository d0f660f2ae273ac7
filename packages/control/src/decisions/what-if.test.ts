import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { erasePerson } from "../access/erase-person.ts"
import { resolveApproval } from "../approvals/resolve-approval.ts"
import { retireAgent } from "../lifecycle/retire-agent.ts"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { closeTask } from "../tasks/close-task.ts"
import { differenceInWords, evaluatedAnswer, recordedAnswer } from "./difference-in-words.ts"
import type { Draft } from "./drafted-sets.ts"
import { type Explanation, explainDecision } from "./explain-decision.ts"
import { putManifest } from "./put-manifest.ts"
import { asked, type CallWorld, MANIFEST, openCallWorld } from "./testing/call-world.ts"
import { questionAgain, type SupposedQuestion, whatIf } from "./what-if.ts"

const WRITE = { tool: "write_note", arguments: { path: "/notes/a.md", content: "tidy" } }
const INSIDE = { tool: "read_note", arguments: { path: "/notes/a.md" } }
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
    assert.deepEqual(byCall.arguments, OUTSIDE.arguments)
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

  it("finds no argument of an agent that was retired, nor of what was called for a person who was erased", async () => {
    const forgotten = async (forget: (world: CallWorld) => Promise<unknown>): Promise<unknown> => {
      await using world = await openCallWorld()
      await world.enforce(INSIDE)
      assert.deepEqual((await latest(world)).arguments, INSIDE.arguments)
      await forget(world)
      const { decision, arguments: args } = await latest(world)
      return [args, decision.judged, decision.effect]
    }
    const retired = await forgotten(async (world) =>
      retireAgent(world, world.owner, { agent: world.agent.id, reason: "done" }),
    )
    const erased = await forgotten(async (world) => {
      await world.transact(({ users }) => users.setActive(world.owner.id, false))
      const administrator = await world.world.person("administrator")
      await erasePerson(world, administrator, { person: world.owner.id, reason: "They asked for it." })
    })
    const nothing = [null, undefined, "permit"]
    assert.deepEqual([retired, erased], [nothing, nothing])
  })

  it("needs arguments where they are forgotten", async () => {
    await using world = await openCallWorld()
    await world.enforce(OUTSIDE)
    await world.transact(({ decisions }) => decisions.forgetArguments({ agent: world.agent.id }))
    const explained = await latest(world)
    assert.throws(() => questionAgain(explained), { code: "body_invalid" })
    const answer = await whatIf(world, questionAgain({ ...explained, arguments: OUTSIDE.arguments }))
    assert.deepEqual(evaluatedAnswer(answer), recordedAnswer(explained.decision))
  })

  it("judges a path by where it led then, however it is spelt", async () => {
    await using world = await openCallWorld()
    await world.enforce({
      tool: "read_note",
      arguments: { path: "/notes/link" },
      resolvedPaths: new Map([["/notes/link", "/etc/passwd"]]),
    })
    const explained = await latest(world)
    assert.equal(explained.decision.effect, "deny")
    const again = questionAgain(explained)
    assert.deepEqual(evaluatedAnswer(await whatIf(world, again)), recordedAnswer(explained.decision))
    assert.equal((await whatIf(world, { ...again, resolved: {} })).effect, "permit")
  })

  it("answers as then also where its agent, its tool and the person served are others since", async () => {
    await using world = await openCallWorld()
    await world.enforce(INSIDE)
    const explained = await latest(world)
    assert.equal(explained.decision.effect, "permit")
    const again = questionAgain(explained)
    world.clock.advance(1000)
    await world.transact(async ({ agents, servers, users }) => {
      const [tool] = (await servers.pinned(world.server.id)).filter(({ name }) => name === "read_note")
      if (!tool) assert.fail("it is pinned")
      const id = newId("toolVersion", world.clock)
      await servers.pin({ ...tool, id, effects: ["read", "delete"], pinnedAt: world.clock.now() })
      await agents.move(world.agent.id, ["active"], "suspended")
      await users.setActive(world.owner.id, false)
    })
    assert.deepEqual(evaluatedAnswer(await whatIf(world, again)), recordedAnswer(explained.decision))
    const { asOf: _, at: __, ...now } = again
    assert.equal((await whatIf(world, now)).code, "agent_not_active")
  })

  it("answers as then what limits allowed, whatever was used since, and otherwise with less left", async () => {
    await using world = await openCallWorld()
    const text = MANIFEST.replace("tools:", "limits:\n  calls: [{ atMost: 1, per: task }]\ntools:")
    await putManifest(world, world.owner, { agent: world.agent.id, text })
    await world.enforce(INSIDE)
    const first = await latest(world)
    world.clock.advance(1)
    await world.enforce(INSIDE)
    const second = await latest(world)
    assert.deepEqual([first.decision.effect, second.decision.code], ["permit", "limit_reached"])
    for (const explained of [first, second]) {
      const again = await whatIf(world, questionAgain(explained))
      assert.deepEqual(evaluatedAnswer(again), recordedAnswer(explained.decision))
    }
    const supposing = async (of: Explanation, calls: number): Promise<string> =>
      (await whatIf(world, { ...questionAgain(of), left: { calls } })).code
    assert.deepEqual([await supposing(first, 0), await supposing(second, 1)], ["limit_reached", "permitted"])
  })

  it("answers a refusal from before policies as the policies would have, once what barred it is gone", async () => {
    await using world = await openCallWorld()
    const record = { stop: async () => ({ words: "the record cannot be kept", all: true }) }
    await world.enforce(INSIDE, { record })
    const explained = await latest(world)
    assert.equal(explained.decision.code, "record_unavailable")
    const words = difference(explained, await whatIf(world, questionAgain(explained)))
    assert.match(words.join(". "), /^It would be permitted instead/)
  })

  it("supposes whatever policies are told of an agent, its key and its tool", async () => {
    await using world = await openCallWorld()
    await world.enforce(INSIDE)
    const again = questionAgain(await latest(world))
    const guarded = async (when: string, changes: Partial<SupposedQuestion>): Promise<unknown> => {
      const text = `forbid (principal is Tabard::Agent, action, resource) when { ${when} };`
      const draft = { kind: "guard", text } as const
      const before = await whatIf(world, { ...again, draft })
      return [before.effect, (await whatIf(world, { ...again, ...changes, draft })).effect]
    }
    const turns = ["permit", "deny"]
    assert.deepEqual(await guarded(`principal.category == "odd"`, { agent: { category: "odd" } }), turns)
    assert.deepEqual(await guarded("principal.risk < 5", { agent: { risk: 4 } }), turns)
    const other = await world.world.person("member")
    const owned = `principal has owner && principal.owner == Tabard::User::"${other.id}"`
    assert.deepEqual(await guarded(owned, { agent: { owner: other.id } }), turns)
    assert.deepEqual(
      await guarded(`context.session.posture.contains("key:tpm")`, {
        session: { ...again.session, key: "tpm" },
      }),
      turns,
    )
    assert.deepEqual(await guarded("context.session.left.calls == 7", { left: { calls: 7 } }), turns)
    const erasing = await whatIf(world, { ...again, effects: ["delete"], agent: { tier: "read-only" } })
    assert.deepEqual([erasing.effect, erasing.code], ["deny", "forbidden"])
    assert.equal((await whatIf(world, { ...again, digest: "another" })).code, "tool_changed")
  })

  it("supposes tiers, sets, offered guard-rails and what is by hand otherwise", async () => {
    await using world = await openCallWorld()
    await putOwnPolicies(world, await world.world.person("administrator"), {
      address: ownAddress("set", "folders"),
      source: "/notes",
      seen: 0,
    })
    const text = MANIFEST.replace("path: { under: /notes } } }", "path: { inSet: folders } } }")
    await putManifest(world, world.owner, { agent: world.agent.id, text })
    await world.enforce({ tool: "read_note", arguments: { path: "/notes" } })
    const explained = await latest(world)
    assert.equal(explained.decision.effect, "permit", explained.decision.grounds?.missing)
    const again = questionAgain(explained)
    const drafted = async (draft: Draft, changes: Partial<SupposedQuestion> = {}): Promise<string> =>
      (await whatIf(world, { ...again, ...changes, draft })).effect
    assert.equal(await drafted({ kind: "set", name: "folders", text: "/other" }), "deny")
    const forbids = `forbid (principal == Tabard::Agent::"${world.agent.id}", action, resource);`
    assert.equal(await drafted({ kind: "hand", text: forbids }), "deny")
    assert.equal(await drafted({ kind: "guard", text: "" }), "permit")
    const clerks = "tiers:\n  clerks:\n    words: Writes.\n    reaches: [write]\n"
    const inTier = { agent: { tier: "clerks" } }
    assert.equal(await drafted({ kind: "tier", text: clerks }, inTier), "deny")
    assert.equal(await drafted({ kind: "tier", text: clerks.replace("write]", "read]") }, inTier), "permit")
    const there = { session: { ...again.session, env: "vault" } }
    assert.equal(await drafted({ kind: "offered", text: "proven-identity: [vault]\n" }, there), "deny")
    assert.equal(await drafted({ kind: "offered", text: "proven-identity: [other]\n" }, there), "permit")
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
