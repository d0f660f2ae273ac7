import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { askSigningKey, putTokenSettings } from "@tabard/control"
import { DEFAULT_TOKEN_SETTINGS, Problem } from "@tabard/core"
import { openKeyWorld } from "../keys/testing/key-world.ts"
import { openIssuerKeys, openKnownKeys } from "./issuer-keys.ts"

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe("the keys of an issuer", () => {
  it("are followed by others in time: published before they sign, and until their last token has ended", async () => {
    await using world = await openKeyWorld()
    const keys = await openIssuerKeys(world)
    const first = keys.signing().kid
    assert.deepEqual(kidsOf(keys), [first])

    world.clock.advance(30 * DAY)
    await keys.refresh()
    const second = kidsOf(keys).find((kid) => kid !== first)
    assert.ok(second)
    assert.equal(keys.signing().kid, first)

    world.clock.advance(DAY)
    await keys.refresh()
    assert.equal(keys.signing().kid, second)
    assert.deepEqual(kidsOf(keys), [second, first])

    world.clock.advance(64 * MINUTE)
    await keys.refresh()
    assert.deepEqual(kidsOf(keys), [second, first])
    world.clock.advance(2 * MINUTE)
    await keys.refresh()
    assert.deepEqual(kidsOf(keys), [second])
  })

  it("change once, and alike, however many replicas take the step", async () => {
    await using world = await openKeyWorld()
    const replicas = await Promise.all([1, 2, 3].map(() => openIssuerKeys(world)))
    const verifier = await openKnownKeys(world)
    for (const wait of [30 * DAY, DAY]) {
      world.clock.advance(wait)
      await Promise.all(replicas.map((keys) => keys.refresh()))
      await Promise.all([...replicas, verifier].map((keys) => keys.refresh()))
    }
    assert.equal(new Set(replicas.map((keys) => keys.signing().kid)).size, 1)
    for (const keys of [...replicas, verifier]) assert.equal(kidsOf(keys).length, 2)
    const steps = await world.steps()
    assert.deepEqual(steps, ["tokens published", "tokens signing"])
  })

  it("are the same objects for as long as nothing changes", async () => {
    await using world = await openKeyWorld()
    const keys = await openIssuerKeys(world)
    const [signing, published] = [keys.signing(), keys.published()]
    await keys.refresh()
    assert.equal(keys.signing(), signing)
    assert.equal(keys.published(), published)
  })

  it("change within minutes where an administrator asks, and the wish is in the record", async () => {
    await using world = await openKeyWorld()
    const keys = await openIssuerKeys(world)
    const first = keys.signing().kid
    world.clock.advance(MINUTE)
    await askSigningKey(world.acting, world.ann, "a backup was lost")
    await keys.refresh()
    assert.equal(keys.signing().kid, first)
    world.clock.advance(5 * MINUTE)
    await keys.refresh()
    assert.notEqual(keys.signing().kid, first)
    world.clock.advance(10 * MINUTE)
    await keys.refresh()
    assert.deepEqual(await world.steps(), ["asked", "tokens published", "tokens signing"])
    const member = { ...world.ann, role: "member" } as const
    await assert.rejects(askSigningKey(world.acting, member, "why not"), refusal("not_allowed"))
  })

  it("change as often as it was settled, within bounds", async () => {
    await using world = await openKeyWorld()
    const keys = await openIssuerKeys(world)
    const settle = (signingKeyDays: number) =>
      putTokenSettings(world.acting, world.ann, { ...DEFAULT_TOKEN_SETTINGS, signingKeyDays })
    await assert.rejects(settle(0), refusal("body_invalid"))
    await settle(1)
    world.clock.advance(DAY)
    await keys.refresh()
    assert.equal(kidsOf(keys).length, 2)
  })

  it("sign access tokens with EdDSA once that is settled and its key was published for minutes, and all else as before", async () => {
    await using world = await openKeyWorld()
    const [keys, verifier] = [await openIssuerKeys(world), await openKnownKeys(world)]
    const settle = (signingAlgorithm: "ES256" | "EdDSA") =>
      putTokenSettings(world.acting, world.ann, { ...DEFAULT_TOKEN_SETTINGS, signingAlgorithm })
    const first = keys.signing()
    await settle("EdDSA")
    await keys.refresh()
    await verifier.refresh()
    assert.deepEqual(algorithmsOf(keys), ["ES256", "EdDSA"])
    assert.deepEqual(verifier.published(), keys.published())
    assert.equal(keys.signingTokens(), first, "nobody outside knows the other one yet")
    world.clock.advance(5 * MINUTE)
    await keys.refresh()
    const second = keys.signingTokens()
    assert.deepEqual([second.kty, second.kid], ["OKP", kidsOf(keys)[1]])
    assert.equal(keys.signing(), first)
    await keys.refresh()
    assert.equal(keys.signingTokens(), second)
    for (const key of keys.published().keys) assert.ok(!("d" in key))

    await settle("ES256")
    await keys.refresh()
    assert.equal(keys.signingTokens(), first)
    assert.deepEqual(algorithmsOf(keys), ["ES256", "EdDSA"], "what was signed with it is good still")
    assert.equal(kidsOf(await openIssuerKeys(world)).length, 2)
  })

  it("follow each other with EdDSA as with ES256", async () => {
    await using world = await openKeyWorld()
    const keys = await openIssuerKeys(world)
    await putTokenSettings(world.acting, world.ann, { ...DEFAULT_TOKEN_SETTINGS, signingAlgorithm: "EdDSA" })
    for (const wait of [0, 30 * DAY, DAY]) {
      world.clock.advance(wait)
      await keys.refresh()
    }
    assert.deepEqual(algorithmsOf(keys), ["ES256", "ES256", "EdDSA", "EdDSA"])
    assert.equal(keys.signingTokens().kid, kidsOf(keys)[2])
  })

  it("are settled together with hours, which need a time zone that is known", async () => {
    await using world = await openKeyWorld()
    const settle = (zone: string) =>
      putTokenSettings(world.acting, world.ann, {
        ...DEFAULT_TOKEN_SETTINGS,
        hours: {
          ...DEFAULT_TOKEN_SETTINGS.hours,
          operator: [{ days: ["tue", "mon"], from: "08:00", to: "18:00", zone }],
        },
      })
    await assert.rejects(settle("Mars/Olympus"), refusal("body_invalid"))
    const { hours } = await settle("Europe/Berlin")
    assert.deepEqual(hours.operator, [
      { days: ["mon", "tue"], from: "08:00", to: "18:00", zone: "Europe/Berlin" },
    ])
  })

  it("are not opened for verifying before an issuer made one", async () => {
    await using world = await openKeyWorld()
    await assert.rejects(openKnownKeys(world), refusal("body_invalid"))
  })
})

function refusal(code: Problem["code"]): (error: unknown) => boolean {
  return (error) => error instanceof Problem && error.code === code
}

function algorithmsOf(keys: { published(): { keys: { alg?: string }[] } }): readonly string[] {
  return keys.published().keys.map(({ alg = "" }) => alg)
}

function kidsOf(keys: { published(): { keys: { kid?: string }[] } }): readonly string[] {
  return keys.published().keys.map(({ kid = "" }) => kid)
}
