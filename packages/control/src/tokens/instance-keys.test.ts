import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  DEFAULT_TOKEN_SETTINGS,
  type Instance,
  liveKeysOf,
  newId,
  type Role,
  type TokenSettings,
} from "@tabard/core"
import { checkToken, type PresentedToken } from "./check-token.ts"
import { issueToken } from "./issue-token.ts"
import { revokeInstance } from "./revoke-instance.ts"
import { type RotationAsked, rotateKey } from "./rotate-key.ts"
import { openChainWorld } from "./testing/chain-world.ts"
import { instanceOf, openTokenWorld, type TokenWorld } from "./testing/token-world.ts"

const AUDIENCE = "https://tabard.example/mcp"
const OVERLAP_MS = 600_000

describe("rotating a key", () => {
  it("leaves the install what it is, with two keys for a while and one after it", async () => {
    await using world = await openTokenWorld()
    const rotated = await rotateKey(world, asked(world))
    assert.equal(rotated.id, world.instance.id)
    assert.deepEqual(thumbprintsAt(rotated, world), ["next", world.instance.thumbprint])
    assert.deepEqual(rotated.rotatedAt, world.clock.now())
    world.clock.advance(OVERLAP_MS)
    assert.deepEqual(thumbprintsAt(rotated, world), ["next"])
  })

  it("ends what is bound to the earlier key with that key, and nothing sooner", async () => {
    await using world = await openTokenWorld()
    const token = await tokenFor(world, world.instance.thumbprint, 3600)
    await rotateKey(world, asked(world))
    world.clock.advance(OVERLAP_MS - 1)
    assert.equal((await checkToken(world, token)).instance.id, world.instance.id)
    world.clock.advance(1)
    await assert.rejects(checkToken(world, token), { code: "instance_revoked" })
    await checkToken(world, await tokenFor(world, "next", 300))
  })

  it("ends with the earlier key what another agent got for a token of it", async () => {
    await using world = await openChainWorld(2)
    const [first, second] = world.agents
    assert.ok(first && second)
    const settings = HOUR_LONG
    const subject = await world.issue(first, { settings, lifetimeSeconds: 3600 })
    const token = await world.issue(second, {
      subject,
      grant: "token-exchange",
      settings,
      lifetimeSeconds: 3600,
    })
    await rotateKey(world, asked(world))
    world.clock.advance(OVERLAP_MS - 1)
    await checkToken(world, token)
    world.clock.advance(1)
    await assert.rejects(checkToken(world, token), { code: "instance_revoked" })
  })

  it("is an event that names both keys, and raises the version that caches stand on", async () => {
    await using world = await openTokenWorld()
    const before = await version(world)
    await rotateKey(world, asked(world))
    const [event] = await world.events("instance.rotated")
    assert.deepEqual(event?.["data"], {
      thumbprint: "next",
      from: world.instance.thumbprint,
      endsAt: new Date(world.clock.now().getTime() + OVERLAP_MS).toISOString(),
    })
    assert.ok((await version(world)) > before)
  })

  it("is refused alike to whoever has no present key, and leaves nothing", async () => {
    await using world = await openTokenWorld()
    const revoked = { ...instanceOf(world.agent, world.clock), revokedAt: world.clock.now() }
    await world.transact(({ instances }) => instances.insert(revoked))
    for (const wrong of [
      { from: "another" },
      { instance: newId("instance", world.clock) },
      { instance: revoked.id, from: revoked.thumbprint },
    ])
      await assert.rejects(rotateKey(world, asked(world, wrong)), { code: "enrolment_invalid" })
    assert.deepEqual(await world.events("instance.rotated"), [])
  })

  it("is refused with the earlier key, also while that works: who has only that may be a thief", async () => {
    await using world = await openTokenWorld()
    await rotateKey(world, asked(world))
    const again = asked(world, { to: { ...asked(world).to, thumbprint: "thief's" } })
    await assert.rejects(rotateKey(world, again), { code: "enrolment_invalid" })
  })

  it("takes no key that is or was enrolled", async () => {
    await using world = await openTokenWorld()
    const other = instanceOf(world.agent, world.clock)
    await world.transact(({ instances }) => instances.insert(other))
    for (const thumbprint of [other.thumbprint, world.instance.thumbprint])
      await assert.rejects(rotateKey(world, asked(world, { to: { jwk: other.jwk, thumbprint } })), {
        code: "key_already_enrolled",
      })
  })

  it("is not done for an agent that is stopped", async () => {
    await using world = await openTokenWorld()
    await world.transact(({ agents }) => agents.move(world.agent.id, ["active"], "suspended"))
    await assert.rejects(rotateKey(world, asked(world)), { code: "agent_not_active" })
  })
})

describe("revoking an instance", () => {
  it("ends both its keys and its tokens, and no other install's", async () => {
    await using world = await openTokenWorld()
    const other = instanceOf(world.agent, world.clock)
    await world.transact(({ instances }) => instances.insert(other))
    const early = await tokenFor(world, world.instance.thumbprint, 300)
    await rotateKey(world, asked(world))
    const late = await tokenFor(world, "next", 300)
    const spared = await tokenFor(world, other.thumbprint, 300, other)
    const before = await version(world)
    await revoke(world)

    for (const token of [early, late])
      await assert.rejects(checkToken(world, token), { name: "TokenRefused" })
    await checkToken(world, spared)
    await assert.rejects(tokenFor(world, "next", 300), { code: "instance_not_found" })
    assert.ok((await version(world)) > before)
    const [event] = await world.events("instance.revoked")
    assert.deepEqual([event?.["instance"], event?.["agent"]], [world.instance.id, world.agent.id])
    const [tokens] = await world.events("token.revoked")
    assert.equal(Object(tokens?.["data"]).tokens, 2)
  })

  it("is done once, and an instance of another agent is not there", async () => {
    await using world = await openTokenWorld()
    const stranger = { ...instanceOf(world.agent, world.clock), agent: newId("agent", world.clock) }
    await world.transact(({ instances }) => instances.insert(stranger))
    await assert.rejects(revoke(world, { instance: stranger.id }), { code: "instance_not_found" })
    await assert.rejects(revoke(world, { instance: "ins_none" }), { code: "instance_not_found" })
    await revoke(world)
    await assert.rejects(revoke(world), { code: "instance_not_found" })
  })

  for (const [role, may] of [
    ["member", false],
    ["auditor", false],
    ["security", true],
    ["administrator", true],
  ] as const)
    it(`is ${may ? "" : "not "}for somebody else who is ${role}`, async () => {
      await using world = await openTokenWorld()
      const by = { id: newId("user", world.clock), role }
      if (may) await revoke(world, { by })
      else await assert.rejects(revoke(world, { by }), { code: "not_allowed" })
    })
})

function asked({ instance }: TokenWorld, differs: Partial<RotationAsked> = {}): RotationAsked {
  const to = { jwk: { kty: "EC", crv: "P-256", x: "x", y: "y" }, thumbprint: "next" } as const
  const overlapSeconds = OVERLAP_MS / 1000
  return {
    instance: instance.id,
    from: instance.thumbprint,
    to,
    keyStorage: "tpm",
    overlapSeconds,
    ...differs,
  }
}

function revoke(
  world: TokenWorld,
  {
    by,
    instance = world.instance.id,
  }: { by?: { id: TokenWorld["owner"]["id"]; role: Role }; instance?: string } = {},
): Promise<void> {
  return revokeInstance(world, by ?? world.owner, { agent: world.agent.id, instance, reason: "lost" })
}

function thumbprintsAt(instance: Instance, { clock }: TokenWorld): readonly string[] {
  return liveKeysOf(instance, clock.now()).map(({ thumbprint }) => thumbprint)
}

function version({ snapshot }: TokenWorld): Promise<number> {
  return snapshot(({ organisation }) => organisation.version())
}

/** No token ends for its own age here. */
const HOUR_LONG: TokenSettings = {
  ...DEFAULT_TOKEN_SETTINGS,
  lifetimeMinutes: { "read-only": 60, transactional: 60, operator: 60 },
}

async function tokenFor(
  world: TokenWorld,
  jkt: string,
  lifetimeSeconds: number,
  { id: instance }: Pick<Instance, "id"> = world.instance,
): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  const common = { jti, instance, task: null, audience: AUDIENCE, jkt }
  const request = {
    ...common,
    grant: "client_credentials",
    lifetimeSeconds,
    settings: HOUR_LONG,
    once: [],
  } as const
  await issueToken({ ...world, door: "issuer" }, request)
  return { ...common, agent: world.agent.id }
}
