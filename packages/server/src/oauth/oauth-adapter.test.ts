import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { systemClock } from "@tabard/core"
import { GRANTS } from "./grants/grants.ts"
import { oauthAdapter, UnexpectedRecord } from "./oauth-adapter.ts"
import { openOAuthWorld } from "./testing/oauth-world.ts"

describe("what the authorization server keeps", () => {
  it("knows an instance as a client, until its key is revoked", async () => {
    await using world = await openOAuthWorld()
    const { shelf, instance } = world
    const clients = oauthAdapter({ ...world, clock: systemClock, grants: GRANTS }, "Client")
    assert.ok(await clients.find(instance.id))
    await shelf.transact(({ instances }) => instances.revoke(instance.id, systemClock.now()))
    assert.equal(await clients.find(instance.id), undefined)
    assert.equal(await clients.find("https://elsewhere.example/client"), undefined)
  })

  for (const kind of ["ReplayDetection", "ClientCredentials", "DeviceCode", "Client"]) {
    it(`refuses to keep a ${kind}: none should ever be made`, async () => {
      await using world = await openOAuthWorld()
      const adapter = oauthAdapter({ ...world, clock: systemClock, grants: GRANTS }, kind)
      await assert.rejects(adapter.upsert("1", {}, 60), UnexpectedRecord)
    })
  }
})
