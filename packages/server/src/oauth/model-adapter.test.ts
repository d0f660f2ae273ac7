import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { systemClock } from "@tabard/core"
import { modelAdapter } from "./model-adapter.ts"
import type { Adapter } from "./oidc-provider.ts"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"

describe("a record that a grant has kept", () => {
  it("is found by what its holder presents, which is not in the store", async () => {
    await using world = await openOAuthWorld()
    const codes = adapterOf(world)
    await codes.upsert(CODE, { jti: CODE, clientId: "c", exp: 2_000_000_000, uid: "u-1", userCode: USER }, 60)

    assert.deepEqual(await codes.find(CODE), { jti: CODE, clientId: "c", exp: 2_000_000_000 })
    assert.deepEqual(await codes.findByUid("u-1"), { uid: "u-1", clientId: "c", exp: 2_000_000_000 })
    assert.deepEqual(await codes.findByUserCode(USER), {
      userCode: USER,
      clientId: "c",
      exp: 2_000_000_000,
    })
    assert.equal(await codes.findByUserCode("OTHER"), undefined)
    const { snapshot } = world.shelf
    const plain = await snapshot(({ oauthModels }) => oauthModels.find("DeviceCode", CODE, systemClock.now()))
    assert.equal(plain, undefined)
  })

  it("is consumed by one of many at once, and says so afterwards", async () => {
    await using world = await openOAuthWorld()
    const codes = adapterOf(world)
    await codes.upsert(CODE, { jti: CODE, clientId: "c" }, 60)
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => codes.consume(CODE)))
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1)
    const consumed = (await codes.find(CODE))?.consumed
    assert.ok(typeof consumed === "number")
  })

  it("goes with its grant, and alone", async () => {
    await using world = await openOAuthWorld()
    const codes = adapterOf(world)
    await codes.upsert(CODE, { jti: CODE, grantId: "g-1" }, 60)
    await codes.upsert("b", { jti: "b", grantId: "g-2" }, 60)
    await codes.upsert("c", { jti: "c", grantId: "g-2" }, 60)
    await codes.revokeByGrantId("g-1")
    await codes.destroy("b")
    const left = [await codes.find(CODE), await codes.find("b"), await codes.find("c")]
    assert.deepEqual(left, [undefined, undefined, { jti: "c", grantId: "g-2" }])
  })
})

const CODE = "what-the-device-was-given"
const USER = "WDJB-MJHT"

function adapterOf({ shelf }: OAuthWorld): Adapter {
  return modelAdapter({ shelf, clock: systemClock }, "DeviceCode")
}
