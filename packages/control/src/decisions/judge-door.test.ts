import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, Problem } from "@tabard/core"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { type IssueTokenDeps, issueToken, type TokenRequest } from "../tokens/issue-token.ts"
import { PolicyKeeper } from "./policies-in-force.ts"
import { type CallWorld, openCallWorld } from "./testing/call-world.ts"
import { tokenRequest } from "./testing/token-request.ts"
import { visibleTools } from "./visible-tools.ts"

const WHERE = `context.session has ip && context.session.ip.isInRange(ip("10.0.0.0/8"))`

describe("a guard-rail about a door that is no tool", () => {
  it("keeps an agent from a token, names itself in the record, and leaves no token behind", async () => {
    await using world = await openCallWorld()
    const before = await issued(world)
    assert.equal(before, "issued")
    await guarded(
      world,
      `@id("no-tokens") @say("nobody gets one today") forbid (principal, action == Tabard::Action::"token.issue", resource);`,
    )
    assert.match(await issued(world), /^not_allowed: policy own\/no-tokens forbids it: nobody gets one today/)
    const [refused] = await world.events("token.refused")
    assert.equal(refused?.["outcome"], "not_allowed")
    assert.deepEqual(Object(refused?.["data"])["reasons"], ["own/no-tokens"])
    assert.equal((await world.events("token.issued")).length, 1)
    assert.equal((await world.enforce(READ)).effect, "permit", "calls are another matter")
  })

  it("looks at the person served, the task and the key as at a call", async () => {
    await using world = await openCallWorld()
    const only = `principal == Tabard::User::"${world.owner.id}"`
    await guarded(world, `forbid (${only}, action == Tabard::Action::"token.issue", resource);`)
    assert.match(await issued(world), /^not_allowed/)
    assert.equal(await issued(world, { task: null }), "issued", "then nobody is served but its own mandate")
    await guarded(
      world,
      `forbid (principal, action in [Tabard::Action::"token.issue", Tabard::Action::"tools/list"], resource) when { context.session.bound == "none" };`,
      1,
    )
    assert.equal(await issued(world), "issued")
    const settings = { ...DEFAULT_TOKEN_SETTINGS, bearerTiers: ["transactional"] }
    assert.match(await issued(world, { jkt: null, settings }), /^not_allowed/)
  })

  it("judges the address that the token endpoint saw, the worst where it saw none", async () => {
    await using world = await openCallWorld()
    await guarded(world, `forbid (principal, action, resource) unless { ${WHERE} };`)
    assert.equal(await issued(world, { seen: { ip: "10.1.2.3" } }), "issued")
    assert.match(await issued(world, { seen: { ip: "192.0.2.1" } }), /^not_allowed/)
    assert.match(await issued(world), /^not_allowed/)
  })

  it("takes the token endpoint's and the gateway's word for the private endpoint", async () => {
    await using world = await openCallWorld()
    const posture = ["endpoint:private"]
    await guarded(
      world,
      `forbid (principal, action, resource) unless { context.session.posture.contains("endpoint:private") };`,
    )
    assert.equal(await issued(world, { seen: { ip: "10.1.2.3", posture } }), "issued")
    assert.match(await issued(world, { seen: { ip: "10.1.2.3" } }), /^not_allowed/)
    const point = { ...world.point, asserts: ["posture", "resolved-path"] as const }
    const caller = { ...world.caller, posture }
    assert.equal((await world.enforce({ ...READ, caller }, { point })).effect, "permit")
    assert.equal((await world.enforce(READ, { point })).effect, "deny")
    assert.equal((await world.enforce({ ...READ, caller })).effect, "deny", "this door may not say so")
  })

  it("asks nobody: what people are asked about everything is asked about calls", async () => {
    await using world = await openCallWorld()
    await guarded(
      world,
      `@ask("owner") forbid (principal, action, resource) unless { context.session.approved.contains("owner") };`,
    )
    assert.equal(await issued(world), "issued")
    assert.ok((await listed(world)).length > 0)
    assert.equal((await world.enforce(READ)).effect, "ask")
  })

  it("shows no tool to whom it keeps from listing them, and all to everybody else", async () => {
    await using world = await openCallWorld()
    const shown = await listed(world)
    assert.deepEqual(shown, ["delete_note", "read_note", "write_note"])
    const scope = `action == Tabard::Action::"tools/list", resource == Tabard::Server::"${world.server.id}"`
    await guarded(world, `forbid (principal, ${scope});`)
    assert.deepEqual(await listed(world), [])
    await guarded(world, `forbid (principal == Tabard::Agent::"${world.agent.id}", ${scope});`, 1)
    assert.deepEqual(await listed(world), [])
    await guarded(world, `forbid (principal in Tabard::Tier::"operator", ${scope});`, 2)
    assert.deepEqual(await listed(world), shown)
  })

  it("is felt at the next token by whoever knows the policies of before, and its end as well", async () => {
    await using world = await openCallWorld()
    const deps = { policies: new PolicyKeeper() }
    const issue = `forbid (principal, action == Tabard::Action::"token.issue", resource);`
    assert.equal(await issued(world, {}, deps), "issued")
    await guarded(world, issue)
    assert.match(await issued(world, {}, deps), /^not_allowed/)
    await guarded(world, "", 1)
    assert.equal(await issued(world, {}, deps), "issued")
  })

  it("has read what it looks at, and where that cannot be read nobody gets a token", async () => {
    await using world = await openCallWorld()
    const deps = { transact: withoutRisks(world) }
    assert.equal(await issued(world, {}, deps), "issued", "nobody asks how risky the agent is")
    await guarded(
      world,
      `forbid (principal is Tabard::Agent, action == Tabard::Action::"token.issue", resource) when { principal.risk > 90 };`,
    )
    await assert.rejects(issued(world, {}, deps), /no risk can be read/)
    await scored(world, 91)
    assert.match(await issued(world), /^not_allowed/)
    world.clock.advance(1)
    await scored(world, 3)
    assert.equal(await issued(world), "issued")
  })

  it("looks at where the agent acts", async () => {
    await using world = await openCallWorld()
    await guarded(
      world,
      `forbid (principal, action == Tabard::Action::"token.issue", resource) when { context.session.env == "default" };`,
    )
    assert.match(await issued(world), /^not_allowed/)
    const said = { name: "environment", kind: "declared", source: world.owner.id, value: "staging" } as const
    await world.transact(({ facts }) =>
      facts.put({ ...said, subject: world.agent.id, at: world.clock.now() }),
    )
    assert.equal(await issued(world), "issued")
  })

  it("lets an agent have its token that nothing permits anything: the token opens nothing", async () => {
    await using world = await openCallWorld()
    const other = await world.world.agent({ state: "active", owner: world.owner.id })
    assert.equal(other.state, "active")
    await world.transact(({ policies }) => policies.remove("intent", world.agent.id, world.clock.now()))
    assert.equal(await issued(world, { task: null }), "issued")
    assert.deepEqual(await listed(world), [])
  })
})

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

async function guarded(world: CallWorld, source: string, seen = 0): Promise<void> {
  const security = await world.person("security")
  await putOwnPolicies(world, security, { address: ownAddress("guard", "own"), source, seen })
}

async function issued(
  world: CallWorld,
  differences: Partial<TokenRequest> = {},
  deps: Partial<IssueTokenDeps> = {},
): Promise<string> {
  try {
    await issueToken({ ...world, policies: new PolicyKeeper(), ...deps }, tokenRequest(world, differences))
    return "issued"
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`
    throw error
  }
}

/** A store whose scores cannot be read. */
function withoutRisks({ transact }: CallWorld): CallWorld["world"]["transact"] {
  const latest = (): Promise<never> => Promise.reject(new Error("no risk can be read"))
  return (work) => transact((tx) => work({ ...tx, risks: { ...tx.risks, latest } }))
}

async function scored({ transact, agent, clock }: CallWorld, high: number): Promise<void> {
  const at = clock.now()
  await transact(({ risks }) => risks.put({ agent: agent.id, at, score: high, low: high, high, sides: null }))
}

async function listed(world: CallWorld): Promise<readonly string[]> {
  const tools = await visibleTools({ ...world, policies: new PolicyKeeper() }, world.caller, world.server)
  return tools.map(({ name }) => name).toSorted()
}
