import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  closeTask,
  deactivatePerson,
  type PresentedToken,
  quarantineAgent,
  type RecordContext,
  retireAgent,
  revokeInstance,
  revokeToken,
  type Shelf,
  suspendAgent,
  TokenRefused,
} from "@tabard/control"
import { type Clock, newId, systemClock, type User } from "@tabard/core"
import { verifyAccessToken } from "./access-token.ts"
import { KnownStanding } from "./known-standing.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { forTask, requestToken } from "./testing/token-request.ts"

type Deps = RecordContext & Shelf

interface Ending {
  readonly world: OAuthWorld
  readonly deps: Deps
  readonly by: User
  readonly token: PresentedToken
}

/** Everything that takes a token's standing away before its time. */
const CAUSES: Readonly<Record<string, (ending: Ending) => Promise<unknown>>> = {
  "its agent is suspended": ({ deps, by, world }) => suspendAgent(deps, by, change(world)),
  "its agent is quarantined": ({ deps, by, world }) => quarantineAgent(deps, by, change(world)),
  "its agent is retired": ({ deps, by, world }) =>
    // Whatever else hangs on a retirement: the tokens end with its first step.
    retireAgent({ ...deps, ...world.shelf } as Parameters<typeof retireAgent>[0], by, change(world)),
  "its install is revoked": ({ deps, by, world }) =>
    revokeInstance(deps, by, { ...change(world), instance: world.instance.id }),
  "its task is closed": ({ deps, by, world }) => closeTask(deps, by, world.task.id),
  "its owner is switched off": ({ deps, by, world }) =>
    deactivatePerson(deps, by, { person: world.owner.id, reason: "left" }),
  "its client gives it back": ({ deps, world, token }) => revokeToken(deps, world.instance.id, token.jti),
}

describe("what is known of a token's standing", () => {
  for (const [cause, end] of Object.entries(CAUSES)) {
    it(`ends at once in the process in which ${cause}, and half a second later on every other`, async () => {
      await using world = await openOAuthWorld()
      const token = await presented(world)
      const clock = startedClock()
      const elsewhere = new KnownStanding({ shelf: world.shelf, clock })
      await world.standing.check(token)
      await elsewhere.check(token)

      const deps = { ...world.shelf, organisation: world.organisation, clock: systemClock }
      await end({ world, deps, by: await administrator(world), token })

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

async function administrator({ shelf }: OAuthWorld): Promise<User> {
  const grace: User = {
    id: newId("user", systemClock),
    name: "Grace",
    email: "grace@elsewhere.example",
    role: "administrator",
    active: true,
    createdAt: systemClock.now(),
  }
  await shelf.transact(({ users }) => users.insert(grace))
  return grace
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
