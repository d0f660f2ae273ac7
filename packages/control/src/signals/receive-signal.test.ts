import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  type Agent,
  type ClientGrant,
  type Id,
  type JsonObject,
  newId,
  type TrustRule,
  UNBOUND,
  type User,
} from "@tabard/core"
import { type ControlWorld, mandateOf, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import { PLAIN_TOKEN } from "../tokens/testing/plain-token.ts"
import { spiffeId } from "../tokens/token-claims.ts"
import { receiveSignal } from "./receive-signal.ts"
import type { SignalSource } from "./signal-source-store.ts"
import { SIGNAL_URIS, type SignalType } from "./signal-types.ts"

describe("receiving a signal", () => {
  it("acts once, however many bring it at the same time", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const [one, other] = [await token(world, agent), await token(world, agent)]
    const set = signal(world, "session-revoked", subjectOf(world, agent))
    const came = await twentyAtOnce(() => receiveSignal(world, source, set))
    assert.deepEqual(came.toSorted(), ["acted", ...Array.from({ length: 19 }, () => "known")].toSorted())
    assert.deepEqual([await stands(world, one), await stands(world, other)], [false, false])
    assert.equal((await world.events("signal.received")).length, 1)
    const [revoked, ...others] = await world.events("token.revoked")
    assert.deepEqual(others, [])
    assert.equal(Object(revoked?.["data"])["tokens"], 2)
  })

  it("has whoever keeps standing in mind ask anew, and only where something ended", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const version = await world.version()
    await receiveSignal(world, source, signal(world, "risk-level-change", subjectOf(world, agent)))
    await receiveSignal(world, source, signal(world, "session-revoked", { format: "opaque", id: "nobody" }))
    assert.equal(await world.version(), version)
    await receiveSignal(world, source, signal(world, "session-revoked", subjectOf(world, agent)))
    assert.ok((await world.version()) > version)
  })

  it("ends what one install holds where the subject names it, and leaves the others of the agent", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const [instance, another] = [newId("instance", world.clock), newId("instance", world.clock)]
    const [one, other] = [
      await token(world, agent, { instance }),
      await token(world, agent, { instance: another }),
    ]
    const uri = spiffeId(world.organisation.trustDomain, agent.id, instance)
    await receiveSignal(world, source, signal(world, "session-revoked", { format: "uri", uri }))
    assert.deepEqual([await stands(world, one), await stands(world, other)], [false, true])
    const [event] = await world.events("token.revoked")
    assert.equal(event?.["instance"], instance)
  })

  it("knows a workload of an outside issuer by the trust rule that makes it an install", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const instance = newId("instance", world.clock)
    const rule = await trust(world, agent, { instance, values: ["repo:acme/deploy:ref:main"] })
    const one = await token(world, agent, { instance })
    const told = (sub: string, iss = rule.issuer) =>
      receiveSignal(world, source, signal(world, "session-revoked", { format: "iss_sub", iss, sub }))
    assert.equal(await told("repo:acme/deploy-evil:ref:main"), "ignored")
    assert.equal(await told("repo:acme/deploy:ref:main", "https://other.example"), "ignored")
    assert.equal(await stands(world, one), true)
    assert.equal(await told("repo:acme/deploy:ref:main"), "acted")
    assert.equal(await stands(world, one), false)
  })

  it("takes a workload whose rule looks at no subject for nobody", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    await trust(world, agent, { claim: "environment", values: ["prod"] })
    const set = signal(world, "session-revoked", { format: "iss_sub", iss: "https://one.example", sub: "ci" })
    assert.equal(await receiveSignal(world, source, set), "ignored")
  })

  it("reaches every agent that a workload is: a rule about another's workload hides it from no signal", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const other = await world.agent({ state: "active" })
    for (const one of [agent, other]) await trust(world, one, { values: ["ci"] })
    const set = signal(world, "account-disabled", {
      format: "iss_sub",
      iss: "https://one.example",
      sub: "ci",
    })
    assert.equal(await receiveSignal(world, source, set), "acted")
    for (const one of [agent, other]) assert.equal((await world.found(one))?.state, "quarantined")
    assert.equal((await world.events("signal.received")).length, 2)
  })

  it("reaches a person also where somebody made a rule that takes them for a workload", async () => {
    await using world = await openControlWorld()
    const { source, agent, owner } = await heard(world)
    const [evil, issuer] = [await world.agent({ state: "active" }), "https://idp.example"]
    await world.transact(({ bindings }) => bindings.bind({ issuer, subject: "ann" }, owner.id))
    await trust(world, evil, { values: ["ann"], issuer })
    const one = await token(world, agent)
    const set = signal(world, "session-revoked", { format: "iss_sub", iss: issuer, sub: "ann" })
    assert.equal(await receiveSignal(world, source, set), "acted")
    assert.equal(await stands(world, one), false)
  })

  it("ends what serves a person: tokens of theirs, of tasks for them, and of what they own", async () => {
    await using world = await openControlWorld()
    const { source, agent, owner } = await heard(world)
    const [served, stranger] = [
      await world.agent({ state: "active" }),
      await world.agent({ state: "active" }),
    ]
    const owned = await token(world, agent)
    const serving = await token(world, served, { served: owner.id })
    const untouched = await token(world, stranger)
    const set = signal(world, "session-revoked", { format: "email", email: owner.email })
    await receiveSignal(world, source, set)
    const left = await Promise.all([owned, serving, untouched].map((jti) => stands(world, jti)))
    assert.deepEqual(left, [false, false, true])
    const [event] = await world.events("signal.received")
    assert.equal(Object(event?.["data"])["tokens"], 2)
  })

  it("keeps what a person had signed out from coming in again by their provider's word", async () => {
    await using world = await openControlWorld()
    const { source, agent, owner } = await heard(world)
    const now = world.clock.now()
    const grant: ClientGrant = {
      id: newId("clientGrant", world.clock),
      user: owner.id,
      client: "https://desk.example/client.json",
      name: "Desk",
      agent: agent.id,
      instance: newId("instance", world.clock),
      askedAt: now,
      agreedAt: now,
      endedAt: now,
      signedOut: true,
    }
    await world.transact(({ clientGrants }) => clientGrants.ask(grant))
    const set = signal(world, "session-revoked", { format: "email", email: owner.email })
    await receiveSignal(world, source, set)
    const found = await world.snapshot(({ clientGrants }) => clientGrants.byId(grant.id))
    assert.equal(found?.signedOut, false)
  })

  it("quarantines an agent whose account is disabled, and ends what is live of one that is stopped already", async () => {
    await using world = await openControlWorld()
    const { source, agent } = await heard(world)
    const stopped = await world.agent({ state: "suspended" })
    const one = await token(world, stopped)
    for (const each of [agent, stopped])
      await receiveSignal(world, source, signal(world, "account-disabled", subjectOf(world, each)))
    assert.equal((await world.found(agent))?.state, "quarantined")
    assert.equal((await world.found(stopped))?.state, "suspended")
    assert.equal(await stands(world, one), false)
    const outcomes = (await world.events("signal.received")).map(({ outcome }) => outcome)
    assert.deepEqual(outcomes, ["quarantined", "ended"])
  })
})

async function heard(world: ControlWorld): Promise<{ source: SignalSource; agent: Agent; owner: User }> {
  const owner = await world.person("administrator")
  const mandate = mandateOf(owner, world.clock)
  const agent = await world.agent({ state: "active", owner: owner.id, mandate })
  const source: SignalSource = {
    id: newId("signalSource", world.clock),
    name: "The provider",
    issuer: "https://idp.example",
    audience: "us",
    jwksUri: "https://idp.example/jwks",
    delivery: { method: "push", tokenHash: "a hash" },
    sealed: null,
    state: "running",
    revision: 1,
    madeBy: owner.id,
    madeAt: world.clock.now(),
  }
  await world.transact((tx) => tx.signalSources.insert(source))
  return { source, agent, owner }
}

function signal(
  world: ControlWorld,
  type: SignalType,
  subject: JsonObject,
): Parameters<typeof receiveSignal>[2] {
  const jti = newId("signal", world.clock)
  return { jti, issuedAt: world.clock.now(), uri: SIGNAL_URIS[type], said: {}, subject }
}

function subjectOf({ organisation }: ControlWorld, { id }: Agent): JsonObject {
  return { format: "uri", uri: spiffeId(organisation.trustDomain, id) }
}

async function token(
  world: ControlWorld,
  { id: agent }: Agent,
  differs: { readonly instance?: Id<"instance">; readonly served?: Id<"user"> } = {},
): Promise<string> {
  const now = world.clock.now()
  const instance = newId("instance", world.clock)
  const jti = newId("call", world.clock)
  const expiresAt = new Date(now.getTime() + 300_000)
  const known = { jti, agent, instance, task: null, audience: "a", issuedAt: now, expiresAt, revokedAt: null }
  const one = { ...PLAIN_TOKEN, ...known, ...differs }
  await world.transact(({ tokens }) => tokens.insert(one))
  return jti
}

async function stands({ snapshot }: ControlWorld, jti: string): Promise<boolean> {
  return (await snapshot(({ tokens }) => tokens.find(jti)))?.revokedAt === null
}

async function trust(
  world: ControlWorld,
  { id: agent }: Agent,
  wish: {
    readonly values: readonly string[]
    readonly instance?: Id<"instance">
    readonly claim?: string
    readonly issuer?: string
  },
): Promise<TrustRule> {
  const issuer = wish.issuer ?? "https://one.example"
  const rule: TrustRule = {
    id: newId("trustRule", world.clock),
    agent,
    instance: wish.instance ?? newId("instance", world.clock),
    name: "deploys",
    form: "openid",
    fields: { form: "openid", issuer, subject: "ci" },
    issuer,
    audience: "https://tabard.example/oauth",
    keys: { kind: "discovery" },
    conditions: [{ claim: [wish.claim ?? "sub"], test: "is", values: wish.values }],
    oneTime: true,
    maxLifeSeconds: 600,
    counts: UNBOUND,
    madeBy: newId("user", world.clock),
    madeAt: world.clock.now(),
    removedAt: null,
  }
  await world.transact((tx) => tx.trustRules.add(rule))
  return rule
}
