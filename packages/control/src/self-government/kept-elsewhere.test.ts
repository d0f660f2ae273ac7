import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  type Agent,
  type Id,
  newId,
  type TrustRule,
  type TrustTerms,
  type UpstreamLaunch,
  type User,
} from "@tabard/core"
import { putManifest } from "../decisions/put-manifest.ts"
import { seedPolicies } from "../decisions/seed-policies.ts"
import { makeTrustRule } from "../federation/make-trust-rule.ts"
import { removeTrustRule } from "../federation/remove-trust-rule.ts"
import { enforceAgent, observeAgent } from "../observe/observe-mode.ts"
import { type ControlWorld, mandateOf, openControlWorld } from "../testing/control-world.ts"
import { declareReach } from "./declare-reach.ts"
import { governorsOf } from "./governors-of.ts"
import { pathInWords } from "./path-in-words.ts"

const KEPT = "https://github.com/acme/agents.git"
const TEXT = "purpose: Keeps the notes tidy\ntier: transactional\ntools: []\n"
const GITHUB: UpstreamLaunch = { transport: "http", url: "https://api.githubcopilot.com/mcp/" }
const OKTA: UpstreamLaunch = { transport: "stdio", command: "okta-mcp-server", args: [], roots: [] }

describe("the repository in which a manifest is kept", () => {
  it("is told apart from others: who can change it governs those whose manifests it keeps, and nobody else", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    await declareReach(world, ann, { holder: other.id, to: `repository:${KEPT}` })
    assert.ok(!(await governs(world, other, clerk)), "nobody said yet where it is kept")
    await putManifest(world, ann, { agent: clerk.id, text: TEXT, repository: KEPT })
    assert.ok(await governs(world, other, clerk))
    assert.deepEqual(await itself(world, other), [])
    const [told] = await world.events("manifest.put")
    assert.equal(JSON.stringify(told?.["data"]).includes("github.com/acme/agents"), true)
  })

  it("stays known where a later manifest says nothing of it, until one says otherwise or that it is in none", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    await declareReach(world, ann, { holder: other.id, to: `repository:${KEPT}` })
    const put = (repository?: string | null) =>
      putManifest(world, ann, {
        agent: clerk.id,
        text: TEXT,
        ...(repository !== undefined && { repository }),
      })
    await put(KEPT)
    await put()
    assert.ok(await governs(world, other, clerk))
    await put("gitlab.com/acme/agents")
    assert.ok(!(await governs(world, other, clerk)))
    await put(KEPT)
    await put(null)
    assert.ok(!(await governs(world, other, clerk)))
    await assert.rejects(put("ada:hunter2@github.com/acme/agents"), { code: "body_invalid" })
  })

  it("is in the hands of an agent whose installs are its workflows, which is a finding", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const rule = await admit(world, ann, clerk, "acme/agents")
    await admit(world, ann, other, "acme/else")
    await putManifest(world, ann, { agent: other.id, text: TEXT, repository: KEPT })
    assert.deepEqual([await findings(world, clerk), await findings(world, other)], [[], []])
    await putManifest(world, ann, { agent: clerk.id, text: TEXT, repository: KEPT })
    const [found] = await findings(world, clerk)
    assert.match(
      found ?? "",
      /runs as a workflow of the repository github\.com\/acme\/agents, which constrains/,
    )
    assert.deepEqual(await findings(world, other), [])
    await removeTrustRule(world, ann, { rule: rule.id, reason: "not needed" })
    assert.deepEqual(await findings(world, clerk), [])
    await admit(world, ann, clerk, "acme/agents")
    assert.equal((await findings(world, clerk)).length, 1, "at once, whichever came first")
  })

  it("is in the hands of an agent that may do more than read through a server of the system that keeps it", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    const server = await behind(world, ann, GITHUB)
    await permit(world, clerk, `permit (principal, action == Tabard::Action::"${server}/edit", resource);`)
    await permit(world, other, `permit (principal, action == Tabard::Action::"${server}/look", resource);`)
    await say(world, ann, clerk, "repository:gitlab.com/acme/agents")
    assert.deepEqual(await itself(world, clerk), [], "it is another system that keeps it")
    for (const agent of [clerk, other]) await say(world, ann, agent, "repository:github.com/acme/agents")
    assert.match((await itself(world, clerk)).join(), /may change the repository github\.com\/acme\/agents/)
    assert.deepEqual(await itself(world, other), [])
  })

  it("is in the hands of an agent that is observed, whatever its policies say, as long as it is", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other } = await furnish(world)
    await behind(world, ann, GITHUB)
    for (const agent of [clerk, other]) await say(world, ann, agent, "repository:github.com/acme/agents")
    await observeAgent(world, ann, { agent: clerk.id, reason: "before it goes live", days: 1 })
    assert.match((await itself(world, clerk)).join(), /may change the repository github\.com\/acme\/agents/)
    assert.deepEqual(await itself(world, other), [])
    await enforceAgent(world, ann, { agent: clerk.id, reason: "seen enough" })
    assert.deepEqual(await itself(world, clerk), [])
  })
})

describe("the provider by which a person signs in", () => {
  it("is in the hands of an agent that may do more than read through a server of its system, with the agents of that person", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other, bob } = await furnish(world)
    const server = await behind(world, ann, OKTA)
    await permit(world, clerk, `permit (principal, action == Tabard::Action::"${server}/edit", resource);`)
    assert.deepEqual(await itself(world, clerk), [], "nobody signs in there")
    await bind(world, bob, "https://acme.okta.com")
    assert.ok(await governs(world, clerk, other))
    assert.deepEqual(await itself(world, clerk), [])
    await bind(world, ann, "https://login.microsoftonline.com/t/v2.0")
    assert.deepEqual(await itself(world, clerk), [], "its owner signs in elsewhere")
    await bind(world, ann, "https://acme.okta.com/")
    assert.match(
      (await itself(world, clerk)).join(),
      /may change the identity provider https:\/\/acme\.okta\.com, which says who is/,
    )
  })
})

describe("a team that a provider keeps", () => {
  it("is in the hands of an agent that could change the provider, also while nobody of it signs in there; one that people keep is not", async () => {
    await using world = await openControlWorld()
    const { ann, clerk, other, bob } = await furnish(world)
    await bind(world, await world.person("member"), "https://acme.okta.com")
    await declareReach(world, ann, { holder: clerk.id, to: "provider:https://acme.okta.com" })
    const stranger = await owned(world, bob)
    for (const [agent, keptBy] of [
      [other, "provider"],
      [stranger, "people"],
    ] as const)
      await world.transact(async ({ teams, maintainers }) => {
        const team = newId("team", world.clock)
        const words = { name: keptBy, externalName: keptBy, keptBy, lead: null }
        await teams.add({ id: team, ...words, createdAt: world.clock.now() })
        await maintainers.addTeam({ agent: agent.id, team, addedBy: ann.id, addedAt: world.clock.now() })
      })
    assert.ok(await governs(world, clerk, other))
    assert.ok(!(await governs(world, clerk, stranger)))
  })
})

async function furnish(world: ControlWorld) {
  await seedPolicies({ ...world, production: false })
  const ann = await world.person("administrator")
  const bob = await world.person("member")
  return { ann, bob, clerk: await owned(world, ann), other: await owned(world, bob) }
}

function owned(world: ControlWorld, owner: User): Promise<Agent> {
  return world.agent({ state: "active", owner: owner.id, mandate: mandateOf(owner, world.clock) })
}

async function governs(world: ControlWorld, by: Agent, agent: Agent): Promise<boolean> {
  const { governors } = await world.snapshot((tx) => governorsOf(tx, agent.id, world.clock.now()))
  return governors.some(({ node }) => node === by.id)
}

async function itself(world: ControlWorld, agent: Agent): Promise<readonly string[]> {
  const told = await world.snapshot((tx) => governorsOf(tx, agent.id, world.clock.now()))
  return told.itself.map((path) => pathInWords(path))
}

async function findings(world: ControlWorld, { id }: Agent): Promise<readonly string[]> {
  const now = world.clock.now()
  const open = await world.snapshot((tx) => tx.findings.list({ now, states: ["open"], limit: 100 }))
  return open.flatMap(({ rule, subject, message }) =>
    rule === "governs-itself" && subject === id ? [message] : [],
  )
}

/** Lets workflows of one repository be an install of an agent. */
function admit(world: ControlWorld, maker: User, agent: Agent, repository: string): Promise<TrustRule> {
  const terms: TrustTerms = {
    form: "github-actions",
    issuer: "https://token.actions.githubusercontent.com",
    audience: "https://tabard.example",
    keys: { kind: "discovery" },
    conditions: [{ claim: ["repository"], test: "is", values: [repository] }],
    oneTime: false,
    maxLifeSeconds: 3600,
    counts: { networks: [], hours: [] },
  }
  const fields = { form: "github-actions", repository } as const
  return makeTrustRule(world, maker, { agent: agent.id, name: "workflows", fields, terms })
}

async function behind(world: ControlWorld, maker: User, launch: UpstreamLaunch): Promise<Id<"server">> {
  const id = newId("server", world.clock)
  await world.transact(async ({ servers }) => {
    await servers.insert({
      id,
      name: "keeper",
      launch,
      registeredBy: maker.id,
      registeredAt: world.clock.now(),
    })
    for (const [name, effect] of [
      ["edit", "write"],
      ["look", "read"],
    ] as const)
      await servers.pin({
        id: newId("toolVersion", world.clock),
        server: id,
        name,
        digest: name,
        definition: {},
        effects: [effect],
        roles: {},
        pinnedAt: world.clock.now(),
      })
  })
  return id
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

async function say(world: ControlWorld, by: User, agent: Agent, value: string): Promise<void> {
  const said = { kind: "declared", source: by.id, value, at: world.clock.now() } as const
  await world.transact(({ facts }) => facts.put({ subject: agent.id, name: "manifestRepository", ...said }))
}

async function bind(world: ControlWorld, { id }: User, issuer: string): Promise<void> {
  await world.transact(({ bindings }) => bindings.bind({ issuer, subject: id }, id))
}
