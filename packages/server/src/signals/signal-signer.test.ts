import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { describe, it } from "node:test"
import { advanceSigningKey, askSigningKey } from "@tabard/control"
import { ManualClock, newId, type User } from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from "jose"
import { keyEncryptionKey } from "../keys/key-encryption-key.ts"
import { sealKey } from "../keys/key-vault.ts"
import { newSignalKey } from "./signal-key.ts"
import { openSignalSigner, type SignalSigner } from "./signal-signer.ts"

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe("the keys that sign signals", () => {
  it("are followed by others in time: published before they sign, and for as long as a signal of theirs is believed", async () => {
    await using world = await openWorld()
    const signer = await openSignalSigner(world.deps)
    const [first = ""] = kidsOf(signer)
    const early = await signer.sign({ jti: "sgn_1" })

    world.clock.advance(30 * DAY)
    await world.advance(signer)
    const [, second = ""] = kidsOf(signer)
    assert.notEqual(second, "")
    assert.equal(kidOf(await signer.sign({})), first)

    world.clock.advance(DAY)
    await world.advance(signer)
    const late = await signer.sign({ jti: "sgn_2" })
    assert.equal(kidOf(late), second)
    assert.deepEqual(kidsOf(signer), [second, first])
    for (const token of [early, late]) await compactVerify(token, createLocalJWKSet(signer.jwks()))

    world.clock.advance(7 * DAY + 4 * MINUTE)
    await world.advance(signer)
    assert.deepEqual(kidsOf(signer), [second, first])
    world.clock.advance(2 * MINUTE)
    await world.advance(signer)
    assert.deepEqual(kidsOf(signer), [second])
  })

  it("change once, and alike, however many replicas take the step", async () => {
    await using world = await openWorld()
    const replicas = await Promise.all([1, 2, 3].map(() => openSignalSigner(world.deps)))
    for (const wait of [30 * DAY, DAY]) {
      world.clock.advance(wait)
      await Promise.all(replicas.map((signer) => world.advance(signer)))
      await Promise.all(replicas.map((signer) => signer.look()))
    }
    const signed = await Promise.all(replicas.map((signer) => signer.sign({})))
    assert.equal(new Set(signed.map(kidOf)).size, 1)
    for (const signer of replicas) assert.equal(kidsOf(signer).length, 2)
    assert.deepEqual(await world.steps(), ["signals published", "signals signing"])
  })

  it("change within minutes where an administrator asks for the next keys", async () => {
    await using world = await openWorld()
    const signer = await openSignalSigner(world.deps)
    const first = kidOf(await signer.sign({}))
    world.clock.advance(MINUTE)
    await askSigningKey(world.deps, ANN, "a backup was lost")
    for (const wait of [MINUTE, 5 * MINUTE]) {
      await world.advance(signer)
      world.clock.advance(wait)
    }
    await world.advance(signer)
    assert.notEqual(kidOf(await signer.sign({})), first)
  })

  it("are not made before the first signal needs one", async () => {
    await using world = await openWorld()
    world.clock.advance(40 * DAY)
    await world.advance({ look: async () => undefined })
    assert.deepEqual(await world.steps(), [])
  })
})

const ANN: User = {
  id: "usr_01",
  name: "Ann",
  email: "ann@acme.example",
  role: "administrator",
  active: true,
  createdAt: new Date("2026-01-01T00:00:00Z"),
}

function kidsOf(signer: SignalSigner): readonly string[] {
  return signer.jwks().keys.map(({ kid = "" }) => kid)
}

function kidOf(token: string): string {
  return decodeProtectedHeader(token).kid ?? ""
}

interface World extends AsyncDisposable {
  readonly clock: ManualClock
  readonly deps: Parameters<typeof openSignalSigner>[0] & Parameters<typeof askSigningKey>[0]
  /** Takes the next step, if one is due, and has a signer look. */
  advance(signer: Pick<SignalSigner, "look">): Promise<void>
  /** The steps that the record tells of, oldest first. */
  steps(): Promise<readonly string[]>
}

async function openWorld(): Promise<World> {
  const clock = new ManualClock("2026-01-01T00:00:00.000Z")
  const opened = await openTemporarySqlite({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme",
    trustDomain: "acme.example",
  }))
  const shelf = opened.store.shelf(organisation.id)
  const encryption = keyEncryptionKey(randomBytes(32))
  const sealing = { organisation, clock, encryption }
  return {
    clock,
    deps: { ...sealing, shelf, transact: shelf.transact },
    advance: async (signer) => {
      await advanceSigningKey({ ...shelf, organisation, clock, purpose: "signal-signing" }, () =>
        sealKey(sealing, "signal-signing", newSignalKey()),
      )
      await signer.look()
    },
    steps: async () => {
      const events = await shelf.snapshot(({ outbox }) => outbox.list({ limit: 100 }))
      const bodies = events.map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)))
      return bodies
        .filter(({ type }) => type === "signing-key.rotated")
        .map(({ data }) => `${data.signs} ${data.step}`)
        .toReversed()
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
