import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Id, newId, type User } from "@tabard/core"
import { type ApiTokenWish, makeApiToken, revokeApiToken } from "../api-tokens/make-api-token.ts"
import { addMaintainer } from "../registry/maintain-agent.ts"
import { type ControlWorld, HOUR, mandateOf, openControlWorld } from "../testing/control-world.ts"
import type { Shelf } from "../transaction.ts"
import { changedNodes, type NamedChange } from "./changed-nodes.ts"
import { declareReach, withdrawReach } from "./declare-reach.ts"
import { type AskedAct, governedShelf } from "./governed-shelf.ts"
import { type CommandLine, commandLineOf } from "./government-node.ts"
import { governorsOf } from "./governors-of.ts"

const REFUSED = { code: "self_government" } as const
const ADMINISTERS: ApiTokenWish = {
  purpose: "Housekeeping",
  role: "administrator",
  scopes: ["agents:write"],
  days: 30,
}

describe("the shelf of an act that an agent could have a hand in", () => {
  it("works by a token that no agent is known to hold", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, bob } = await furnish(world)
    const { made } = await makeApiToken(world, ann, ADMINISTERS)
    const shelf = by(world, made.id, ann, [{ kind: "agent", id: clerk.id }])
    await addMaintainer({ ...world, ...shelf }, ann, { agent: clerk.id, user: bob.id })
    assert.equal((await world.events("maintainer.added")).length, 1)
  })

  it("refuses an agent that holds the token its own matters, in words and on record, and lets it do others'", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other, bob } = await furnish(world)
    const { made } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const act = (agent: Agent) =>
      addMaintainer({ ...world, ...by(world, made.id, ann, [{ kind: "agent", id: agent.id }]) }, ann, {
        agent: agent.id,
        user: bob.id,
      })
    await assert.rejects(act(clerk), {
      ...REFUSED,
      message: new RegExp(`^nobody governs themselves: ${clerk.id} holds the API token “Housekeeping”\\. `),
    })
    await act(other)
    assert.equal((await world.events("maintainer.added")).length, 1)
    const [refused] = await world.events("reach.refused")
    assert.equal(refused?.["agent"], clerk.id)
    assert.deepEqual(refused["data"], {
      operation: "addMaintainer",
      hand: `${clerk.id} holds ${made.id}`,
      bond: "",
    })
  })

  it("refuses what changes everybody's constraints, its owner, whom it acts for, and who acts for it", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other, bob } = await furnish(world)
    const carl = await world.person("member")
    const mate = await owned(world, ann)
    await delegate(world, { from: other, to: clerk, by: ann })
    await delegate(world, { from: clerk, to: mate, by: ann })
    const { made } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const tries = (changes: AskedAct["changes"]) =>
      by(world, made.id, ann, changes).transact(async () => "done")
    await assert.rejects(tries("everybodys"), REFUSED)
    await assert.rejects(tries([{ kind: "person", id: ann.id }]), REFUSED)
    await assert.rejects(tries([{ kind: "agent", id: other.id }]), REFUSED)
    await assert.rejects(tries([{ kind: "agent", id: mate.id }]), REFUSED)
    await assert.rejects(tries([{ kind: "caller", id: "caller" }]), REFUSED)
    await assert.rejects(tries([{ kind: "person", id: bob.id }]), REFUSED)
    assert.equal(await tries([{ kind: "person", id: carl.id }]), "done")
    world.clock.advance(2 * HOUR)
    assert.equal(await tries([{ kind: "agent", id: other.id }]), "done", "that it acts for it is over")
  })

  it("knows a token that a scan found where an agent runs, by its fingerprint", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const fingerprint = () => "f".repeat(64)
    const { made } = await makeApiToken({ ...world, fingerprint }, ann, ADMINISTERS)
    const tries = (agent: Agent) =>
      by(world, made.id, ann, [{ kind: "agent", id: agent.id }]).transact(async () => "done")
    assert.equal(await tries(clerk), "done")
    await found(world, clerk, fingerprint())
    await assert.rejects(tries(clerk), { ...REFUSED, message: /was found with/ })
    assert.equal(await tries(other), "done")
  })

  it("reaches through a server that holds the token, for whoever may do more than read there", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const server = newId("server", world.clock)
    await pin(world, server, ann)
    const { made } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [server] })
    await permit(world, clerk, `permit (principal, action == Tabard::Action::"${server}/edit", resource);`)
    await permit(world, other, `permit (principal, action == Tabard::Action::"${server}/look", resource);`)
    const tries = (agent: Agent) =>
      by(world, made.id, ann, [{ kind: "agent", id: agent.id }]).transact(async () => "done")
    await assert.rejects(tries(clerk), { ...REFUSED, message: /uses the server steward, which holds/ })
    assert.equal(await tries(other), "done")
  })

  it("keeps an agent from the token of a door that states facts of it", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const { made } = await makeApiToken(world, ann, {
      ...ADMINISTERS,
      scopes: ["access:ask"],
      heldBy: [clerk.id],
    })
    const itself = async (agent: Agent) =>
      (await world.snapshot((tx) => governorsOf(tx, agent.id, world.clock.now()))).itself
    assert.deepEqual(await itself(clerk), [])
    await world.transact(({ enforcementPoints }) =>
      enforcementPoints.register({
        id: newId("enforcementPoint", world.clock),
        name: "hook",
        kind: "hook",
        subjects: [clerk.id],
        asserts: ["provenance"],
        apiToken: made.id,
        applications: ["agents"],
        recorded: false,
        registeredBy: ann.id,
        registeredAt: world.clock.now(),
      }),
    )
    assert.deepEqual(await itself(clerk), [
      [
        { from: clerk.id, relation: "holds", to: made.id },
        { from: made.id, relation: "states-facts-of", to: clerk.id },
      ],
    ])
    assert.deepEqual(await itself(other), [])
  })

  it("holds a person's command line for their local agents' hand, and nobody else's for it", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other, bob } = await furnish(world)
    await world.transact(({ facts }) =>
      facts.put({
        subject: clerk.id,
        name: "category",
        kind: "declared",
        source: ann.id,
        value: "local",
        at: world.clock.now(),
      }),
    )
    const tries = (person: User, agent: Agent) =>
      by(world, commandLineOf(person.id), person, [{ kind: "agent", id: agent.id }]).transact(
        async () => "done",
      )
    await assert.rejects(tries(ann, clerk), { ...REFUSED, message: /runs beside the command line/ })
    assert.equal(await tries(ann, other), "done")
    assert.equal(await tries(bob, clerk), "done")
  })

  it("goes on as before once somebody takes the word back, and one word is kept of many at once", async () => {
    await using world = await openControlWorld()
    const { ann, bob, clerk } = await furnish(world)
    const { made } = await makeApiToken(world, ann, ADMINISTERS)
    const wish = { holder: clerk.id, to: made.id }
    await assert.rejects(declareReach(world, bob, wish), { code: "not_allowed" })
    await assert.rejects(declareReach(world, ann, { ...wish, to: "atk_none" }), {
      code: "api_token_not_found",
    })
    await assert.rejects(declareReach(world, ann, { ...wish, holder: "srv_none" }), {
      code: "server_not_found",
    })
    const reach = await declareReach(world, ann, wish)
    await assert.rejects(declareReach(world, ann, wish), { code: "reach_exists" })
    const tries = () =>
      by(world, made.id, ann, [{ kind: "agent", id: clerk.id }]).transact(async () => "done")
    await assert.rejects(tries(), REFUSED)
    await withdrawReach(world, ann, reach.id)
    assert.equal(await tries(), "done")
    await assert.rejects(withdrawReach(world, ann, reach.id), { code: "reach_not_found" })
  })
})

describe("what an agent has in its hands", () => {
  const findings = async (world: ControlWorld) =>
    (
      await world.snapshot(({ findings: kept }) =>
        kept.list({ now: world.clock.now(), states: ["open"], limit: 100 }),
      )
    )
      .filter(({ rule }) => /govern/.test(rule))
      .map(({ rule, subject, message }) => ({ rule, subject, message }))

  it("is a finding with its way until the token ends or the word is taken back", async () => {
    await using world = await openControlWorld()
    const { ann, clerk } = await furnish(world)
    const { made } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const [found, ...rest] = await findings(world)
    assert.deepEqual(rest, [])
    assert.equal(found?.rule, "governs-itself")
    assert.equal(found.subject, clerk.id)
    assert.match(found.message, /holds the API token “Housekeeping”, which may change the organisation's/)
    await revokeApiToken(world, ann, { apiToken: made.id, reason: "not needed" })
    assert.deepEqual(await findings(world), [])
    const reach = await declareReach(world, ann, { holder: clerk.id, to: "manifests" })
    assert.match((await findings(world))[0]?.message ?? "", /may change the place where manifests are kept/)
    await withdrawReach(world, ann, reach.id)
    assert.deepEqual(await findings(world), [])
  })

  it("is a finding of whoever acts for it as well", async () => {
    await using world = await openControlWorld()
    const { ann, clerk } = await furnish(world)
    const mate = await owned(world, ann)
    await delegate(world, { from: clerk, to: mate, by: ann })
    await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const told = (await findings(world)).filter(({ rule }) => rule === "governs-itself")
    assert.deepEqual(told.map(({ subject }) => subject).toSorted(), [clerk.id, mate.id].toSorted())
    const ofMate = told.find(({ subject }) => subject === mate.id)
    assert.match(ofMate?.message ?? "", /may act for .*, which holds the API token “Housekeeping”/)
  })

  it("is a finding of both where two agents could change each other", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    await declareReach(world, ann, { holder: clerk.id, to: "pipeline" })
    await declareReach(world, ann, { holder: other.id, to: "directory" })
    const each = (await findings(world)).filter(({ rule }) => rule === "govern-each-other")
    assert.deepEqual(each.map(({ subject }) => subject).toSorted(), [clerk.id, other.id].toSorted())
  })

  it("is none where it only reads", async () => {
    await using world = await openControlWorld()
    const { ann, clerk } = await furnish(world)
    await makeApiToken(world, ann, { ...ADMINISTERS, scopes: ["read"], heldBy: [clerk.id] })
    assert.deepEqual(await findings(world), [])
  })
})

describe("who governs an agent", () => {
  it("is told with the shortest way of each, and how it would govern itself", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const { made } = await makeApiToken(world, ann, { ...ADMINISTERS, heldBy: [clerk.id] })
    const told = (agent: Agent) => world.snapshot((tx) => governorsOf(tx, agent.id, world.clock.now()))
    const { governors, itself } = await told(clerk)
    const nodes = governors.map(({ node }) => node)
    for (const node of [ann.id, "organisation", "manifests", "pipeline", "directory", made.id] as const)
      assert.ok(nodes.includes(node), node)
    assert.deepEqual(governors.find(({ node }) => node === ann.id)?.path, [
      { from: ann.id, relation: "owns", to: clerk.id },
    ])
    assert.deepEqual(itself, [
      [
        { from: clerk.id, relation: "holds", to: made.id },
        { from: made.id, relation: "changes", to: "organisation" },
        { from: "organisation", relation: "constrains", to: clerk.id },
      ],
    ])
    assert.deepEqual((await told(other)).itself, [])
    assert.ok(
      (await told(other)).governors.some(({ node }) => node === clerk.id),
      "it holds the token",
    )
  })

  it("is asked by what an act names, whatever kind that is", async () => {
    await using world = await openControlWorld()
    const { ann, clerk } = await furnish(world)
    const nodes = (name: NamedChange) => world.snapshot((tx) => changedNodes(tx, [name], ann.id))
    assert.deepEqual(await nodes({ kind: "agent", id: clerk.id }), [clerk.id])
    assert.deepEqual(await nodes({ kind: "caller", id: "caller" }), [ann.id])
    for (const kind of ["agent", "approval", "finding", "offer", "person", "team"] as const)
      assert.deepEqual(await nodes({ kind, id: "none" }), [], kind)
  })
})

async function furnish(
  world: ControlWorld,
): Promise<{ readonly ann: User; readonly bob: User; readonly clerk: Agent; readonly other: Agent }> {
  const ann = await world.person("administrator")
  const bob = await world.person("member")
  return { ann, bob, clerk: await owned(world, ann), other: await owned(world, bob) }
}

function owned(world: ControlWorld, owner: User): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

function by(
  world: ControlWorld,
  actor: Id<"apiToken"> | CommandLine,
  caller: User,
  changes: AskedAct["changes"],
): Shelf {
  return governedShelf(world, world, { operation: "addMaintainer", actor, caller: caller.id, changes })
}

async function delegate(
  world: ControlWorld,
  { from, to, by: allower }: { readonly from: Agent; readonly to: Agent; readonly by: User },
): Promise<void> {
  await world.transact(({ delegations }) =>
    delegations.allow({
      id: newId("delegation", world.clock),
      from: from.id,
      to: to.id,
      scope: null,
      allowedBy: allower.id,
      allowedAt: world.clock.now(),
      expiresAt: new Date(world.clock.now().getTime() + HOUR),
      withdrawnAt: null,
    }),
  )
}

/** As a scan leaves it: an agent's sighting that holds a credential with this fingerprint. */
async function found(world: ControlWorld, agent: Agent, fingerprint: string): Promise<void> {
  const credential = newId("credential", world.clock)
  const at = world.clock.now()
  await world.transact(async ({ observations }) => {
    const scan = newId("scan", world.clock)
    await observations.put([
      {
        reporter: "laptop",
        machine: null,
        kind: "agent",
        key: "clerk",
        subject: agent.id,
        scan,
        body: {},
        digest: null,
        firstSeen: at,
        lastSeen: at,
        vanishedAt: null,
      },
    ])
    await observations.putCredentials([
      {
        id: credential,
        key: "token",
        kind: "tabard",
        provider: "Tabard",
        storedAs: "plaintext",
        fingerprint,
        locations: ["/home/ada/.env"],
        firstSeen: at,
        lastSeen: at,
      },
    ])
    await observations.link("laptop", [{ key: "clerk", servers: [], credentials: [credential] }])
    await observations.relink([agent.id])
  })
}

async function pin(world: ControlWorld, server: Id<"server">, registrar: User): Promise<void> {
  await world.transact(async ({ servers }) => {
    await servers.insert({
      id: server,
      name: "steward",
      launch: { transport: "http", url: "https://steward.example/mcp" },
      registeredBy: registrar.id,
      registeredAt: world.clock.now(),
    })
    for (const [name, effects] of [
      ["edit", ["write"]],
      ["look", ["read"]],
    ] as const)
      await servers.pin({
        id: newId("toolVersion", world.clock),
        server,
        name,
        digest: name,
        definition: {},
        effects,
        roles: {},
        pinnedAt: world.clock.now(),
      })
  })
}

async function permit(world: ControlWorld, agent: Agent, text: string): Promise<void> {
  await world.transact(({ policies }) =>
    policies.put({
      id: newId("policySet", world.clock),
      kind: "intent",
      subject: agent.id,
      version: 1,
      author: "ann",
      source: null,
      policies: [{ id: `${agent.id}/1`, text }],
      createdAt: world.clock.now(),
    }),
  )
}
