import assert from "node:assert/strict"
import { afterEach, beforeEach, describe, it } from "node:test"
import type { ClientGrant, Id, User } from "@tabard/core"
import { deactivatePerson, reactivatePerson } from "../access/people.ts"
import {
  type ControlWorld,
  DAY,
  mandateOf,
  openControlWorld,
  twentyAtOnce,
} from "../testing/control-world.ts"
import { requireActiveAgent } from "../tokens/require-active-agent.ts"
import { revokeInstance } from "../tokens/revoke-instance.ts"
import type { IntroducedClient } from "./agent-of-client.ts"
import { agreeToClient } from "./agree-to-client.ts"
import { addClientRule, removeClientRule } from "./client-rules.ts"
import { endClientGrant } from "./end-client-grants.ts"
import { registerClient, removeClient } from "./register-client.ts"

const DESK: IntroducedClient = {
  id: "https://desk.example/client.json",
  name: "Desk",
  host: "desk.example",
}
const RULE = { match: "desk.example", purpose: "Helps at the desk.", tier: "read-only", days: 30 } as const

let world: ControlWorld
let ann: User
let bob: User

beforeEach(async () => {
  world = await openControlWorld()
  ann = await world.person("administrator")
  bob = await world.person("member")
})
afterEach(() => world[Symbol.asyncDispose]())

describe("the client of a person whom nobody has vouched for", () => {
  it("is a discovered agent, and may not act before somebody adopts it", async () => {
    const { kind, agent } = await agreeToClient(world, bob, DESK)
    assert.equal(kind, "waiting")
    assert.equal((await world.found(agent))?.state, "discovered")
    const [told] = await world.events("agent.discovered")
    assert.deepEqual(told?.["actor"], { kind: "user", id: bob.id })
    await assert.rejects(world.snapshot((tx) => requireActiveAgent(tx, agent.id, world.clock.now())))
    assert.deepEqual(await grants(bob), [])
  })

  it("is one agent for each person and client, however many sign it in at once", async () => {
    const answers = await twentyAtOnce(async () => (await agreeToClient(world, bob, DESK)).agent.id)
    assert.equal(new Set(answers).size, 1)
    const ofAnn = await agreeToClient(world, ann, DESK)
    assert.ok(!answers.includes(ofAnn.agent.id))
    assert.equal((await world.events("agent.discovered")).length, 2)
  })

  it("may act once it was adopted, through an instance of its own, until it is ended", async () => {
    const { agent } = await agreeToClient(world, bob, DESK)
    await adopt(agent.id, bob)
    const agreed = await agreeToClient(world, bob, DESK)
    assert.ok(agreed.kind === "agreed" && agreed.grant.instance)
    const { grant } = agreed
    const instance = await found(agreed.grant.instance)
    assert.deepEqual([instance?.kind, instance?.agent, instance?.jwk], ["client", agent.id, null])
    assert.deepEqual(await grants(bob), [grant.id])

    const again = await agreeToClient(world, bob, DESK)
    assert.equal(again.kind === "agreed" && again.grant.instance, agreed.grant.instance, "it is the same one")

    const before = await world.version()
    await endClientGrant(world, bob, grant.id)
    assert.ok((await world.version()) > before, "whoever remembers how it stood is told")
    assert.notEqual((await found(agreed.grant.instance))?.revokedAt, null)
    assert.deepEqual(await grants(bob), [])
    await assert.rejects(endClientGrant(world, bob, grant.id), { code: "client_grant_not_found" })

    const anew = await agreeToClient(world, bob, DESK)
    assert.ok(anew.kind === "agreed" && anew.grant.instance !== agreed.grant.instance)
  })

  it("is ended by its person and by those who look after all agents, and by nobody else", async () => {
    const { agent } = await agreeToClient(world, bob, DESK)
    await adopt(agent.id, bob)
    const { kind, grant } = { grant: undefined, ...(await agreeToClient(world, bob, DESK)) }
    assert.ok(kind === "agreed" && grant)
    const eve = await world.person("member")
    await assert.rejects(endClientGrant(world, eve, grant.id), { code: "client_grant_not_found" })
    await endClientGrant(world, ann, grant.id)
  })

  it("is another agent where the first was retired: what ended is never taken up again", async () => {
    const { agent } = await agreeToClient(world, bob, DESK)
    await adopt(agent.id, bob)
    await agreeToClient(world, bob, DESK)
    await world.transact(({ agents }) => agents.move(agent.id, ["active"], "retiring"))
    const anew = await agreeToClient(world, bob, DESK)
    assert.equal(anew.kind, "waiting")
    assert.notEqual(anew.agent.id, agent.id)
  })

  it("waits, in words, while its agent is suspended, dismissed, or without an owner", async () => {
    const { agent } = await agreeToClient(world, bob, DESK)
    for (const state of ["dismissed", "suspended"] as const) {
      await world.transact(({ agents }) => agents.move(agent.id, ["discovered", "dismissed"], state))
      const answer = await agreeToClient(world, bob, DESK)
      assert.equal(answer.kind === "waiting" && answer.why.code, "agent_not_active", state)
    }
  })

  it("acts as what it was merged into", async () => {
    const seen = await world.agent({ state: "active", owner: bob.id, mandate: mandateOf(bob, world.clock) })
    const { agent } = await agreeToClient(world, bob, DESK)
    await world.transact(({ agents }) => agents.mergeAway(agent.id, seen.id))
    const answer = await agreeToClient(world, bob, DESK)
    assert.ok(answer.kind === "agreed")
    assert.equal(answer.grant.agent, seen.id)
  })
})

describe("the provider's word for a client that was let in before", () => {
  const word = (): { issuedAt: Date } => ({ issuedAt: world.clock.now() })
  const letIn = async (): Promise<ClientGrant & { instance: Id<"instance"> }> => {
    const agreed = await agreeToClient(world, bob, DESK, word())
    assert.ok(agreed.kind === "agreed" && agreed.grant.instance)
    return { ...agreed.grant, instance: agreed.grant.instance }
  }
  beforeEach(() => addClientRule(world, ann, RULE))

  it("lets it in again after its person signed it out, if it was given since", async () => {
    const { id, instance } = await letIn()
    const earlier = word()
    world.clock.advance(1000)
    await endClientGrant(world, bob, id)
    for (const old of [earlier, word()])
      await assert.rejects(agreeToClient(world, bob, DESK, old), { code: "client_grant_not_found" })
    world.clock.advance(1000)
    assert.notEqual((await letIn()).instance, instance)
  })

  const ends: Readonly<
    Record<string, (grant: ClientGrant & { instance: Id<"instance"> }) => Promise<unknown>>
  > = {
    "somebody else ended what it may do": ({ id }) => endClientGrant(world, ann, id),
    "its install was revoked": ({ agent, instance }) =>
      revokeInstance(world, ann, { agent, instance, reason: "it is lost" }),
    "its agent was retired": ({ agent }) =>
      world.transact(({ agents }) => agents.move(agent, ["active"], "retiring")),
  }
  for (const [why, end] of Object.entries(ends))
    it(`does not let it in again where ${why}, until its person agrees again`, async () => {
      await end(await letIn())
      world.clock.advance(DAY)
      await assert.rejects(agreeToClient(world, bob, DESK, word()), { code: "client_grant_not_found" })
      const agreed = await agreeToClient(world, bob, DESK)
      assert.equal(agreed.kind, "agreed")
      await letIn()
    })

  const endsAfter: typeof ends = {
    "somebody else put it out": ({ id }) => endClientGrant(world, ann, id),
    "its agent was retired": ({ agent }) =>
      world.transact(({ agents }) => agents.move(agent, ["active"], "retiring")),
    "its person was switched off for a while": async () => {
      await deactivatePerson(world, ann, { person: bob.id, reason: "away" })
      await reactivatePerson(world, ann, bob.id)
    },
  }
  for (const [why, end] of Object.entries(endsAfter))
    it(`does not let it in again where its person had signed it out before ${why}`, async () => {
      const grant = await letIn()
      await endClientGrant(world, bob, grant.id)
      world.clock.advance(1000)
      await end(grant)
      world.clock.advance(DAY)
      await assert.rejects(agreeToClient(world, bob, DESK, word()), { code: "client_grant_not_found" })
    })
})

describe("a rule that adopts a client", () => {
  it("makes the agent its person's own, within tier and days, on the administrator's word", async () => {
    await addClientRule(world, ann, { ...RULE, tier: "transactional" })
    const answer = await agreeToClient(world, bob, DESK)
    assert.equal(answer.kind, "agreed")
    const { state, owner, mandate } = (await world.found(answer.agent)) ?? {}
    assert.deepEqual([state, owner, mandate?.tier], ["active", bob.id, "transactional"])
    assert.equal(mandate?.expiresAt.getTime(), world.clock.now().getTime() + 30 * DAY)
    assert.equal(mandate?.proposedBy, ann.id)
    assert.equal(mandate?.approvedBy, ann.id)
  })

  it("is nobody's word for themselves: its maker's own client waits for a second person", async () => {
    await world.person("security")
    await addClientRule(world, ann, { ...RULE, tier: "operator" })
    const answer = await agreeToClient(world, ann, DESK)
    assert.equal(answer.kind, "waiting")
    assert.equal((await world.found(answer.agent))?.state, "proposed")
  })

  it("does not hold for another host, after it was removed, or after its maker left", async () => {
    const rule = await addClientRule(world, ann, RULE)
    const other = { ...DESK, id: "https://desk.example.evil.example/c", host: "desk.example.evil.example" }
    assert.equal((await agreeToClient(world, bob, other)).kind, "waiting")
    await removeClientRule(world, ann, rule.id)
    assert.equal((await agreeToClient(world, bob, DESK)).kind, "waiting")
    await addClientRule(world, ann, RULE)
    await world.transact(({ users }) => users.setActive(ann.id, false))
    assert.equal((await agreeToClient(world, await world.person("member"), DESK)).kind, "waiting")
  })

  it("is an administrator's to make, once for each match", async () => {
    for (const role of ["security", "auditor", "member"] as const)
      await assert.rejects(addClientRule(world, await world.person(role), RULE), { code: "not_allowed" })
    await addClientRule(world, ann, RULE)
    await assert.rejects(addClientRule(world, ann, RULE), { code: "client_rule_exists" })
    for (const days of [0, 367, 1.5])
      await assert.rejects(addClientRule(world, ann, { ...RULE, match: "x", days }), { code: "body_invalid" })
  })
})

describe("a registered client", () => {
  const DESKTOP = { name: "Desk", redirectUris: ["http://127.0.0.1/callback"], keys: [] }

  it("is registered by security and administrators alone", async () => {
    for (const role of ["auditor", "member"] as const)
      await assert.rejects(registerClient(world, await world.person(role), DESKTOP), { code: "not_allowed" })
    assert.equal((await registerClient(world, ann, DESKTOP)).name, "Desk")
  })

  for (const uri of [
    "http://desk.example/callback",
    "https://desk.example/#x",
    "https://user@desk.example/",
    "https://desk.example@evil.example/",
    "https://*.desk.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    "desk:/callback",
    "http://127.0.0.1.evil.example/",
    "http:\\\\127.0.0.1/",
    "/callback",
    "",
  ]) {
    it(`has no redirect address like ${JSON.stringify(uri)}`, async () => {
      const registering = registerClient(world, ann, { ...DESKTOP, redirectUris: [uri] })
      await assert.rejects(registering, { code: "body_invalid" })
    })
  }

  it("takes what everybody let it do along when it is removed", async () => {
    const { id, name } = await registerClient(world, ann, DESKTOP)
    const client = { id, name, host: null }
    const { agent } = await agreeToClient(world, bob, client)
    await adopt(agent.id, bob)
    const agreed = await agreeToClient(world, bob, client)
    assert.ok(agreed.kind === "agreed" && agreed.grant.instance)
    await removeClient(world, ann, id)
    assert.notEqual((await found(agreed.grant.instance))?.revokedAt, null)
    assert.equal((await world.events("client.ended")).length, 1)
    await assert.rejects(removeClient(world, ann, id), { code: "client_not_found" })
  })
})

async function adopt(agent: Id<"agent">, owner: User): Promise<void> {
  await world.transact(async ({ agents }) => {
    await agents.assign(agent, owner.id, mandateOf(owner, world.clock))
    await agents.move(agent, ["discovered"], "active")
  })
}

async function grants({ id: user }: User): Promise<readonly string[]> {
  const all = await world.snapshot(({ clientGrants }) => clientGrants.list({ user, limit: 10 }))
  return all.map(({ id }) => id)
}

function found(id: Id<"instance">) {
  return world.snapshot(({ instances }) => instances.find(id))
}
