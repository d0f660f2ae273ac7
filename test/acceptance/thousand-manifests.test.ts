import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  coverageOf,
  evaluateCall,
  KnownInputs,
  PolicyKeeper,
  putOwnPolicies,
  type WouldBeCall,
} from "@tabard/control"
import { type Agent, type Id, isJsonObject, newId, parseLossless, type User } from "@tabard/core"
import { compileManifest } from "@tabard/intent"
import * as fc from "fast-check"
import {
  type ControlWorld,
  mandateOf,
  openControlWorld,
} from "../../packages/control/src/testing/control-world.ts"
import type { Manifest } from "../../packages/intent/src/manifest.ts"
import { type AnyManifest, anyManifest } from "../../packages/intent/src/testing/any-manifest.ts"
import { SERVERS, SETS, TOOLS } from "../../packages/intent/src/testing/manifest-tools.ts"

const AGENTS = 1000

/** On a Saturday: some manifests are about no other day. */
const NOW = Date.parse("2026-11-21T10:00:00Z")

const EVERYWHERE = { ip: "10.0.0.1", posture: ["endpoint:private", "managed"] }

interface Kept extends AnyManifest {
  readonly of: Agent
}

describe("a thousand manifests in one store", () => {
  it("compile, are each found in force for their own tools alone, and answer for their own agent alone", async () => {
    await using world = await openControlWorld()
    world.clock.advance(NOW - world.clock.now().getTime())
    const owner = await world.person("administrator")
    await stock(world, owner)
    const kept = await agentsOf(
      world,
      owner,
      fc.sample(anyManifest, { numRuns: AGENTS, seed: Date.now() % 1e9 }),
    )
    await putAll(world, owner, kept)

    await assertCovered(world, kept)
    const seen = await decided(world, kept)
    const { permit, ask } = seen.within
    assert.ok(permit > 50 && ask > 50 && seen.outside > 300, JSON.stringify(seen))
  })
})

/** The servers, tools and sets that the manifests speak of. */
async function stock({ transact, clock, ...world }: ControlWorld, by: User): Promise<void> {
  await transact(async ({ servers, organisation }) => {
    for (const [name, id] of Object.entries(SERVERS))
      await servers.insert({
        id,
        name,
        launch: { transport: "http", url: `https://${id}.example/mcp` },
        registeredBy: by.id,
        registeredAt: clock.now(),
      })
    for (const { server, name, digest, inputSchema, effects, roles } of TOOLS)
      await servers.pin({
        id: newId("toolVersion", clock),
        server,
        name,
        digest,
        definition: { name, inputSchema },
        effects,
        roles,
        pinnedAt: clock.now(),
      })
    await organisation.bumpVersion()
  })
  for (const [subject, values] of SETS)
    await putOwnPolicies({ ...world, transact, clock }, by, {
      address: { kind: "set", subject },
      source: values.join("\n"),
      seen: 0,
    })
}

/** An agent for each. What other people or a task would have to say is left out: nobody says it here. */
async function agentsOf(
  { transact, clock }: ControlWorld,
  owner: User,
  all: readonly AnyManifest[],
): Promise<readonly Kept[]> {
  const kept = all.map(({ manifest, calls }): Kept => {
    const id = newId("agent", clock)
    const mandate = {
      ...mandateOf(owner, clock),
      tier: manifest.tier,
    }
    const of: Agent = { id, state: "active", owner: owner.id, mandate, createdAt: clock.now() }
    return { agent: id, of, calls, manifest: alone(manifest) }
  })
  await transact(({ agents }) => agents.insertAll(kept.map(({ of }) => of)))
  return kept
}

function alone(manifest: Manifest): Manifest {
  const { purpose, tier, tools } = manifest
  return {
    purpose,
    tier,
    standing: true,
    tools: tools.map((tool) => ({ ...tool, ...bounds(tool) })),
    ...bounds(manifest),
  }
}

function bounds({
  conditions,
  limits,
}: Pick<Manifest, "conditions" | "limits">): Required<Pick<Manifest, "conditions" | "limits">> {
  const { posture = [], ...others } = conditions ?? {}
  const calls = limits?.calls?.filter(({ per, atMost }) => per !== "task" && atMost > 0) ?? []
  return {
    conditions: { ...others, ...(posture.length > 0 && { posture: ["managed"] }) },
    limits: { calls },
  }
}

/** Together, since each by itself is held against all tools anew; that is what the tests of putting one are about. */
async function putAll({ transact, clock }: ControlWorld, by: User, kept: readonly Kept[]): Promise<void> {
  await transact(async ({ policies, organisation }) => {
    for (const { agent, manifest } of kept) {
      const compiled = compileManifest({ agent, manifest, tools: TOOLS, servers: SERVERS, sets: SETS })
      await policies.put({
        id: newId("policySet", clock),
        kind: "intent",
        subject: agent,
        version: 1,
        author: by.id,
        source: null,
        policies: compiled.policies,
        budgets: compiled.budgets,
        createdAt: clock.now(),
      })
    }
    await organisation.bumpVersion()
  })
}

async function assertCovered({ snapshot, organisation }: ControlWorld, kept: readonly Kept[]): Promise<void> {
  const covered = await snapshot((tx) =>
    coverageOf(
      tx,
      organisation.id,
      kept.map(({ of }) => of),
    ),
  )
  assert.equal(covered.length, AGENTS)
  for (const [index, { agent, manifest, tools }] of covered.entries()) {
    const own = kept[index]
    assert.ok(own && manifest && agent === own.of.id)
    assert.deepEqual(
      tools.map(({ server, tool }) => `${server}/${tool}`).toSorted(),
      own.calls.map(({ tool }) => tool.digest).toSorted(),
    )
    for (const { policies } of tools)
      assert.ok(policies.length > 0 && policies.every((id) => id.startsWith(`${agent}/`)), policies.join())
  }
}

interface Decided {
  readonly within: { permit: number; ask: number; deny: number }
  outside: number
}

/** One call of each: of two that follow each other one is within its limits, and the other leaves them. */
async function decided(world: ControlWorld, kept: readonly Kept[]): Promise<Decided> {
  const deps = { ...world, policies: new PolicyKeeper(), known: new KnownInputs() }
  const seen: Decided = { within: { permit: 0, ask: 0, deny: 0 }, outside: 0 }
  for (const [index, own] of kept.entries()) {
    const { call, comesTo } = triedOf(own, index % 2 === 1)
    const { effect, code, reasons } = await evaluateCall(deps, call)
    assert.equal(ASKED.includes(code) ? "asked" : code, comesTo, JSON.stringify(own.manifest))
    for (const id of reasons) assert.ok(id.startsWith(`${own.of.id}/`), id)
    if (comesTo === "no_policy") seen.outside += 1
    else seen.within[effect] += 1
  }
  return seen
}

/** Some of those who are asked are not there: that is told, and denies. */
const ASKED = ["approval_needed", "nobody_to_ask"]

function triedOf(own: Kept, leaves: boolean): { readonly call: WouldBeCall; readonly comesTo: string } {
  const [first] = own.calls
  assert.ok(first)
  const [beyond] = first.outside
  return leaves && beyond !== undefined
    ? { call: callOf(own.of.id, first.tool, beyond), comesTo: "no_policy" }
    : { call: callOf(own.of.id, first.tool, first.within), comesTo: expected(own) }
}

/** What comes of a call within all limits, where only its manifest is in force. */
function expected({ manifest: { tools } }: Kept): string {
  return tools[0]?.ask === undefined ? "permitted" : "asked"
}

function callOf(
  agent: Id<"agent">,
  { server, name }: { server: Id<"server">; name: string },
  args: object,
): WouldBeCall {
  const exact = parseLossless(JSON.stringify(args))
  assert.ok(isJsonObject(exact))
  return {
    who: { named: { agent } },
    server,
    tool: name,
    arguments: exact,
    point: { kind: "gateway", subjects: ["*"], asserts: ["network", "posture"] },
    circumstances: EVERYWHERE,
  }
}
