import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  closeTask,
  deactivatePerson,
  endClientGrant,
  issueToken,
  PolicyKeeper,
  type PresentedToken,
  proposeTerms,
  quarantineAgent,
  type ReceivedSet,
  type RecordContext,
  receiveSignal,
  removeTrustRule,
  retireAgent,
  revokeInstance,
  revokeToken,
  type Shelf,
  type SignalSource,
  suspendAgent,
  TokenRefused,
  type TokenRequest,
  withdrawDelegation,
} from "@tabard/control"
import {
  type Clock,
  DEFAULT_TOKEN_SETTINGS,
  type Instance,
  newHandle,
  newId,
  systemClock,
  type User,
} from "@tabard/core"
import { trust } from "../federation/testing/workload-world.ts"
import { verifyAccessToken } from "./access-token.ts"
import { KnownStanding } from "./known-standing.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { allow, secondAgent } from "./testing/second-agent.ts"
import { signedInClient } from "./testing/signed-in-client.ts"
import { forTask, requestToken } from "./testing/token-request.ts"

type Deps = RecordContext & Shelf

interface Ending {
  readonly world: OAuthWorld
  readonly deps: Deps
  readonly by: User
}

/** A token that stands, and what ends it. */
interface Held {
  readonly token: PresentedToken
  readonly end: () => Promise<unknown>
}

type Hold = (ending: Ending) => Promise<Held>

/** Everything that takes a token's standing away before its time. */
const CAUSES: Readonly<Record<string, Hold>> = {
  "its agent is suspended": own(({ deps, by, world }) => suspendAgent(deps, by, change(world))),
  "its agent is quarantined": own(({ deps, by, world }) => quarantineAgent(deps, by, change(world))),
  "its agent is retired": own(({ deps, by, world }) =>
    // Whatever else hangs on a retirement: the tokens end with its first step.
    retireAgent({ ...deps, ...world.shelf } as Parameters<typeof retireAgent>[0], by, change(world)),
  ),
  "its mandate is over": own(({ world }) => endMandate(world)),
  "its install is revoked": own(({ deps, by, world }) =>
    revokeInstance(deps, by, { ...change(world), instance: world.instance.id }),
  ),
  "its task is closed": own(({ deps, by, world }) => closeTask(deps, by, world.task.id)),
  "its owner is switched off": own(({ deps, by, world }) =>
    deactivatePerson(deps, by, { person: world.owner.id, reason: "left" }),
  ),
  "a received signal ends its agent's sessions": own(({ deps, by, world }) =>
    receiveSignal(deps, sourceOf(by), signalAbout(world)),
  ),
  "its client gives it back": async ({ deps, world }) => {
    const token = await presented(world)
    return { token, end: () => revokeToken(deps, world.instance.id, token.jti) }
  },
  "the permission is withdrawn that it was exchanged under": async ({ deps, by, world }) => {
    const helper = await secondAgent(world)
    const { id } = await allow(world, helper)
    const subject = await presented(world)
    const { instance } = helper
    const token = await issued(deps, { instance, grant: "token-exchange", jkt: instance.thumbprint, subject })
    return { token, end: () => withdrawDelegation(deps, by, id) }
  },
  "its trust rule is removed": async ({ deps, by, world }) => {
    const fields = { form: "openid", issuer: "https://id.acme.example", subject: "ci/app" } as const
    const rule = await trust(world, fields, proposeTerms({ fields, audience: world.server.issuer }))
    const instance = { id: rule.instance, agent: world.agent.id }
    const token = await issued(deps, { instance, grant: "jwt-bearer", jkt: "a".repeat(43) })
    return { token, end: () => removeTrustRule(deps, by, { rule: rule.id, reason: "moved" }) }
  },
  "its client is signed out": async ({ deps, by, world }) => {
    const { id, agent, instance } = await signedInClient(world)
    const asked = { instance: { id: instance, agent }, served: world.owner.id }
    const token = await issued(deps, { ...asked, grant: "authorization_code", jkt: "a".repeat(43) })
    return { token, end: () => endClientGrant(deps, by, id) }
  },
  "the person is switched off who signed its client in": async ({ deps, by, world }) => {
    const { agent, instance } = await signedInClient(world)
    const served = await administrator(world, "Edith")
    const asked = { instance: { id: instance, agent }, served: served.id }
    const token = await issued(deps, { ...asked, grant: "authorization_code", jkt: "a".repeat(43) })
    return { token, end: () => deactivatePerson(deps, by, { person: served.id, reason: "left" }) }
  },
}

/** A token of the world's agent itself. */
function own(end: (ending: Ending) => Promise<unknown>): Hold {
  return async (ending) => ({ token: await presented(ending.world), end: () => end(ending) })
}

describe("what is known of a token's standing", () => {
  for (const [cause, hold] of Object.entries(CAUSES)) {
    it(`ends at once in the process in which ${cause}, and half a second later on every other`, async () => {
      await using world = await openOAuthWorld()
      const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
      const { token, end } = await hold({ world, deps, by: await administrator(world) })
      const clock = startedClock()
      const elsewhere = new KnownStanding({ shelf: world.shelf, clock })
      await world.standing.check(token)
      await elsewhere.check(token)

      await end()

      await assert.rejects(world.standing.check(token), TokenRefused)
      clock.later(500)
      await assert.rejects(elsewhere.check(token), TokenRefused)
    })
  }

  it("is read from the store at most each half second", async () => {
    await using world = await openOAuthWorld()
    const token = await presented(world)
    const clock = startedClock()
    const { shelf, reads } = counting(world.shelf)
    const standing = new KnownStanding({ shelf, clock })
    for (let turn = 0; turn < 5; turn++) await standing.check(token)
    assert.equal(reads(), 1)
    clock.later(500)
    await standing.check(token)
    assert.equal(reads(), 2)
  })

  it("lasts no longer where the clock is set back", async () => {
    await using world = await openOAuthWorld()
    const token = await presented(world)
    const clock = startedClock()
    const { shelf, reads } = counting(world.shelf)
    const standing = new KnownStanding({ shelf, clock })
    await standing.check(token)
    clock.later(-1)
    await standing.check(token)
    assert.equal(reads(), 2)
  })

  it("is nothing where the store cannot be read: nobody stands then", async () => {
    await using world = await openOAuthWorld()
    const token = await presented(world)
    const clock = startedClock()
    let broken = false
    const snapshot: Shelf["snapshot"] = (work) =>
      broken ? Promise.reject(new Error("the store is away")) : world.shelf.snapshot(work)
    const standing = new KnownStanding({ shelf: { snapshot }, clock })
    await standing.check(token)
    broken = true
    clock.later(500)
    await assert.rejects(standing.check(token), /the store is away/)
  })

  it("is not kept where something changed while it was read", async () => {
    await using world = await openOAuthWorld()
    const token = await presented(world)
    const { shelf, reads } = counting(world.shelf)
    const standing = new KnownStanding({ shelf, clock: startedClock() })
    const reading = standing.check(token)
    standing.forget()
    await reading
    await standing.check(token)
    assert.equal(reads(), 2)
  })

  it("is of exactly what is presented", async () => {
    await using world = await openOAuthWorld()
    const token = await presented(world)
    await world.standing.check(token)
    for (const lie of [{ jkt: null }, { audience: "https://elsewhere.example" }, { task: null }]) {
      await assert.rejects(world.standing.check({ ...token, ...lie }), TokenRefused)
    }
  })
})

function change({ agent }: OAuthWorld): { agent: string; reason: string } {
  return { agent: agent.id, reason: "it is enough" }
}

async function presented(world: OAuthWorld): Promise<PresentedToken> {
  const { body } = await requestToken(world, { form: forTask(world.task.id) })
  return verifyAccessToken(String(body["access_token"]), {
    jwks: world.server.jwks(),
    issuer: world.server.issuer,
    audiences: [world.resource],
    now: new Date(),
  })
}

/** What is asked for by an install, besides what every token here is. */
interface Asked extends Pick<TokenRequest, "grant" | "subject" | "served"> {
  readonly instance: Pick<Instance, "id" | "agent">
  readonly jkt: string | null
}

async function issued(deps: Deps, { instance, ...asked }: Asked): Promise<PresentedToken> {
  // What is exchanged is for no more than it was.
  const audience = asked.subject?.audience ?? "https://tabard.example/mcp"
  const base = { audience, task: null, lifetimeSeconds: 300, once: [], settings: DEFAULT_TOKEN_SETTINGS }
  const jti = newHandle()
  const { claims } = await issueToken(
    { ...deps, policies: new PolicyKeeper() },
    { ...base, ...asked, jti, instance: instance.id },
  )
  const { task = null } = claims
  return { jti, agent: instance.agent, instance: instance.id, task, audience, jkt: asked.jkt }
}

async function endMandate({ shelf, owner, agent: { id } }: OAuthWorld): Promise<void> {
  await shelf.transact(async ({ agents, organisation }) => {
    const { mandate } = (await agents.find(id)) ?? {}
    assert.ok(mandate)
    // Long ago by any clock of these tests.
    const over = { ...mandate, expiresAt: new Date(0) }
    assert.ok(await agents.renew(id, { owner: owner.id, ends: mandate.expiresAt }, over))
    await organisation.bumpVersion()
  })
}

function sourceOf({ id: madeBy }: User): SignalSource {
  return {
    id: newId("signalSource", systemClock),
    name: "Elsewhere",
    issuer: "https://signals.example",
    audience: "https://tabard.example",
    jwksUri: "https://signals.example/jwks",
    delivery: { method: "push", tokenHash: "of nothing" },
    sealed: null,
    state: "running",
    revision: 1,
    madeBy,
    madeAt: systemClock.now(),
  }
}

function signalAbout({ organisation, agent }: OAuthWorld): ReceivedSet {
  return {
    jti: newHandle(),
    issuedAt: systemClock.now(),
    uri: "https://schemas.openid.net/secevent/caep/event-type/session-revoked",
    said: {},
    subject: { format: "uri", uri: `spiffe://${organisation.trustDomain}/agent/${agent.id}` },
  }
}

async function administrator({ shelf }: OAuthWorld, name = "Grace"): Promise<User> {
  const person: User = {
    id: newId("user", systemClock),
    name,
    email: `${name}@elsewhere.example`,
    role: "administrator",
    active: true,
    createdAt: systemClock.now(),
  }
  await shelf.transact(({ users }) => users.insert(person))
  return person
}

/** A clock that stands still but for what it is told. */
function startedClock(): Clock & { later(ms: number): void } {
  let now = Date.now()
  return {
    now: () => new Date(now),
    later: (ms) => {
      now += ms
    },
  }
}

function counting({ snapshot }: Shelf): { shelf: Pick<Shelf, "snapshot">; readonly reads: () => number } {
  let reads = 0
  return {
    shelf: {
      snapshot: (work) => {
        reads++
        return snapshot(work)
      },
    },
    reads: () => reads,
  }
}
