import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, Problem, systemClock } from "@tabard/core"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { requestToken } from "./testing/token-request.ts"

describe("a guard-rail that cannot be read", () => {
  it("keeps agents from their tokens in words of OAuth that name none of it, and the operator hears which", async () => {
    await using world = await openOAuthWorld()
    assert.equal((await requestToken(world)).status, 200)
    await putBroken(world)
    const { status, body } = await requestToken(world)
    assert.deepEqual([status, body["error"]], [400, "temporarily_unavailable"])
    assert.match(String(body["error_description"]), /cannot be judged just now: ask again later/)
    assert.doesNotMatch(JSON.stringify(body), /rails|nonsense|line|Cedar/)
    const [fault, ...more] = world.faults
    assert.ok(fault instanceof Problem)
    assert.match(fault.message, /^policy rails\/1, /)
    assert.equal(more.length, 0)
    const [refused] = await world.shelf.snapshot(({ outbox }) =>
      outbox.list({ type: "token.refused", limit: 2 }),
    )
    assert.match(new TextDecoder().decode(refused?.bytes), /"outcome":"policy_invalid"/)
  })

  it("keeps nobody any more once it is taken out of force", async () => {
    await using world = await openOAuthWorld()
    await putBroken(world)
    assert.equal((await requestToken(world)).status, 400)
    await world.shelf.transact(async ({ policies, organisation }) => {
      await policies.remove("guard", "rails", systemClock.now())
      await organisation.bumpVersion()
    })
    assert.equal((await requestToken(world)).status, 200)
  })
})

async function putBroken({ shelf }: OAuthWorld): Promise<void> {
  await shelf.transact(async ({ policies, organisation }) => {
    await policies.put({
      id: newId("policySet", systemClock),
      kind: "guard",
      subject: "rails",
      version: 1,
      author: "somebody",
      source: null,
      policies: [
        { id: "rails/1", text: "forbid (principal, action, resource) when { nonsense.everywhere };" },
      ],
      createdAt: systemClock.now(),
    })
    await organisation.bumpVersion()
  })
}
