import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Agent, Id } from "@tabard/core"
import { mandateOf } from "../testing/control-world.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import type { TokenRecord } from "../tokens/token-store.ts"
import { type CallEvaluation, evaluateCall } from "./evaluate-call.ts"
import { KnownInputs } from "./known-inputs.ts"
import type { NamedAgent } from "./named-principal.ts"
import { PolicyKeeper } from "./policies-in-force.ts"
import { putManifest } from "./put-manifest.ts"
import { type CallWorld, openCallWorld } from "./testing/call-world.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

describe("an agent that a door names", () => {
  it("is judged with those that its tokens let it act for, as enforcing its call would be", async () => {
    await using world = await openCallWorld()
    const evaluate = evaluating(world)
    assert.equal(await evaluate({}), "permit permitted")
    const { front, caller } = await onBehalfOfAnother(world)
    world.clock.advance(500)
    const [own, forAnother] = [await enforced(world, world.caller), await enforced(world, caller)]
    assert.deepEqual([own, forAnother], ["permit permitted", "deny no_policy"])

    // Which of the two is meant was not said, and one of them is denied.
    assert.equal(await evaluate({}), "deny evidence_missing")
    assert.equal(await evaluate({ actingFor: [] }), own)
    assert.equal(await evaluate({ actingFor: [front.id] }), forAnother)
    await world.transact(({ tokens }) => tokens.revokeOne(world.caller.jti, world.clock.now()))
    world.clock.advance(500)
    assert.equal(await evaluate({}), forAnother, "it can act for the other alone now")
  })

  it("is refused with whom it may not act for, whatever its door says", async () => {
    await using world = await openCallWorld()
    const stranger = await another(world)
    assert.equal(await evaluating(world)({ actingFor: [stranger.id] }), "deny delegation_refused")
  })

  it("is judged with the person whom its one token serves, and each of several has to be said", async () => {
    await using world = await openCallWorld()
    const evaluate = evaluating(world, null)
    const [ann, ben] = [await world.world.person("member"), await world.world.person("member")]
    await withToken(world, { served: ann.id, task: null })
    await world.transact(({ tokens }) => tokens.revokeOne(world.caller.jti, world.clock.now()))
    const alone = await evaluate({})
    assert.equal(alone, await evaluate({ onBehalfOf: ann.id }))
    assert.equal(await linksOf(world), "user agent")
    await withToken(world, { served: ben.id, task: null })
    world.clock.advance(500)
    assert.equal(await evaluate({}), "deny evidence_missing")
    assert.equal(await evaluate({ onBehalfOf: ben.id }), alone)
  })

  it("is denied under another definition of the tool than was reviewed", async () => {
    await using world = await openCallWorld()
    const tools = await world.snapshot(({ servers }) => servers.pinned(world.server.id))
    const digest = tools.find(({ name }) => name === READ.tool)?.digest ?? assert.fail()
    const evaluate = evaluating(world)
    assert.equal(await evaluate({}, { digest }), "permit permitted")
    assert.equal(await evaluate({}, { digest: `${digest}0` }), "deny tool_changed")
  })
})

type Evaluate = (named: Partial<NamedAgent>, more?: { readonly digest?: string }) => Promise<string>

/** Evaluates with one memory of what is known: two questions that differ in whom they name are two. */
function evaluating(world: CallWorld, task: Id<"task"> | null = world.task.id): Evaluate {
  const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
  const { agent, server, point } = world
  return async (named, more) => {
    const who = { named: { agent: agent.id, ...(task && { task }), ...named }, asIssued: true }
    const first = await evaluateCall(deps, { who, server: server.id, point, ...READ, ...more })
    const again = await evaluateCall(deps, { who, server: server.id, point, ...READ, ...more })
    assert.deepEqual(again, first)
    return shown(first)
  }
}

async function linksOf(world: CallWorld): Promise<string> {
  const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
  const who = { named: { agent: world.agent.id }, asIssued: true }
  const { links } = await evaluateCall(deps, { who, server: world.server.id, point: world.point, ...READ })
  return links.map(({ link }) => link).join(" ")
}

async function enforced(world: CallWorld, caller: PresentedToken): Promise<string> {
  const answer = await world.enforce({ ...READ, caller })
  return `${answer.effect} ${"code" in answer ? answer.code : answer.decision.code}`
}

function shown({ effect, code }: CallEvaluation): string {
  return `${effect} ${code}`
}

/** An agent whose bounds permit nothing. */
async function another(world: CallWorld): Promise<Agent> {
  const { owner, clock } = world
  const made = await world.world.agent({
    state: "active",
    owner: owner.id,
    mandate: mandateOf(owner, clock),
  })
  await putManifest(world.world, owner, {
    agent: made.id,
    text: "purpose: Looks on\ntier: transactional\ntools: []\n",
  })
  return made
}

/** Another agent, and a token of the first that acts for it. */
async function onBehalfOfAnother(world: CallWorld): Promise<{ front: Agent; caller: PresentedToken }> {
  const front = await another(world)
  const instance = instanceOf(front, world.clock)
  await world.transact(({ instances }) => instances.insert(instance))
  return { front, caller: await withToken(world, { actors: [{ agent: front.id, instance: instance.id }] }) }
}

/** The world's token again, different in what is named. */
async function withToken(
  { transact, caller }: CallWorld,
  differs: Partial<Pick<TokenRecord, "actors" | "served" | "task">>,
): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  await transact(async ({ tokens }) => {
    const found = await tokens.find(caller.jti)
    assert.ok(found)
    await tokens.insert({ ...found, revokedAt: null, ...differs, jti })
  })
  return { ...caller, jti }
}
