import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { advanceSigningKey, askSigningKey } from "@tabard/control"
import { compactVerify, createLocalJWKSet, decodeProtectedHeader } from "jose"
import { sealKey } from "../keys/key-vault.ts"
import { type KeyWorld, openKeyWorld } from "../keys/testing/key-world.ts"
import { newSignalKey } from "./signal-key.ts"
import { openSignalSigner, type SignalSigner } from "./signal-signer.ts"

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe("the keys that sign signals", () => {
  it("are followed by others in time: published before they sign, and for as long as a signal of theirs is believed", async () => {
    await using world = await openKeyWorld()
    const signer = await openSignalSigner(world)
    const [first = ""] = kidsOf(signer)
    const early = await signer.sign({ jti: "sgn_1" })

    world.clock.advance(30 * DAY)
    await advance(world, signer)
    const [, second = ""] = kidsOf(signer)
    assert.notEqual(second, "")
    assert.equal(kidOf(await signer.sign({})), first)

    world.clock.advance(DAY)
    await advance(world, signer)
    const late = await signer.sign({ jti: "sgn_2" })
    assert.equal(kidOf(late), second)
    assert.deepEqual(kidsOf(signer), [second, first])
    for (const token of [early, late]) await compactVerify(token, createLocalJWKSet(signer.jwks()))

    world.clock.advance(7 * DAY + 4 * MINUTE)
    await advance(world, signer)
    assert.deepEqual(kidsOf(signer), [second, first])
    world.clock.advance(2 * MINUTE)
    await advance(world, signer)
    assert.deepEqual(kidsOf(signer), [second])
  })

  it("change once, and alike, however many replicas take the step", async () => {
    await using world = await openKeyWorld()
    const replicas = await Promise.all([1, 2, 3].map(() => openSignalSigner(world)))
    for (const wait of [30 * DAY, DAY]) {
      world.clock.advance(wait)
      await Promise.all(replicas.map((signer) => advance(world, signer)))
      await Promise.all(replicas.map((signer) => signer.look()))
    }
    const signed = await Promise.all(replicas.map((signer) => signer.sign({})))
    assert.equal(new Set(signed.map(kidOf)).size, 1)
    for (const signer of replicas) assert.equal(kidsOf(signer).length, 2)
    assert.deepEqual(await world.steps(), ["signals published", "signals signing"])
  })

  it("change within minutes where an administrator asks for the next keys", async () => {
    await using world = await openKeyWorld()
    const signer = await openSignalSigner(world)
    const first = kidOf(await signer.sign({}))
    world.clock.advance(MINUTE)
    await askSigningKey(world.acting, world.ann, "a backup was lost")
    for (const wait of [MINUTE, 5 * MINUTE]) {
      await advance(world, signer)
      world.clock.advance(wait)
    }
    await advance(world, signer)
    assert.notEqual(kidOf(await signer.sign({})), first)
  })

  it("are not made before the first signal needs one", async () => {
    await using world = await openKeyWorld()
    world.clock.advance(40 * DAY)
    await advance(world, { look: async () => undefined })
    assert.deepEqual(await world.steps(), [])
  })
})

function kidsOf(signer: SignalSigner): readonly string[] {
  return signer.jwks().keys.map(({ kid = "" }) => kid)
}

function kidOf(token: string): string {
  return decodeProtectedHeader(token).kid ?? ""
}

/** Takes the next step, if one is due, and has a signer look. */
async function advance(world: KeyWorld, signer: Pick<SignalSigner, "look">): Promise<void> {
  await advanceSigningKey({ ...world.acting, purpose: "signal-signing" }, () =>
    sealKey(world, "signal-signing", newSignalKey()),
  )
  await signer.look()
}
