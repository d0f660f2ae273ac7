import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { checkToken } from "./check-token.ts"
import { revokeToken } from "./revoke-token.ts"
import { PLAIN_TOKEN } from "./testing/plain-token.ts"
import { openTokenWorld, type TokenWorld } from "./testing/token-world.ts"

describe("an install that gives a token back", () => {
  it("ends it, once, with an event and a new version for whoever keeps its standing in mind", async () => {
    await using world = await openTokenWorld()
    await keep(world)
    const before = await version(world)
    for (let turn = 0; turn < 2; turn++) await revokeToken(world, world.instance.id, "jti-1")
    await assert.rejects(checked(world), { code: "token_revoked" })
    assert.equal((await world.events("token.revoked")).length, 1)
    assert.equal(await version(world), before + 1)
  })

  it("ends no other install's", async () => {
    await using world = await openTokenWorld()
    await keep(world)
    const another = newId("instance", world.clock)
    await assert.rejects(revokeToken(world, another, "jti-1"), { code: "not_allowed" })
    await checked(world)
    assert.equal((await world.events("token.revoked")).length, 0)
  })

  it("is told nothing of a token that never was", async () => {
    await using world = await openTokenWorld()
    await revokeToken(world, world.instance.id, "jti-9")
    assert.equal((await world.events("token.revoked")).length, 0)
  })
})

async function keep({ transact, clock, agent, instance }: TokenWorld): Promise<void> {
  const expiresAt = new Date(clock.now().getTime() + 300_000)
  const of = { agent: agent.id, instance: instance.id, task: null, audience: AUDIENCE }
  const token = {
    ...PLAIN_TOKEN,
    ...of,
    jti: "jti-1",
    jkt: instance.thumbprint,
    issuedAt: clock.now(),
    expiresAt,
    revokedAt: null,
  }
  await transact(({ tokens }) => tokens.insert(token))
}

const AUDIENCE = "https://tabard.example/mcp"

function checked(world: TokenWorld): Promise<unknown> {
  const { agent, instance } = world
  return checkToken(world, {
    jti: "jti-1",
    agent: agent.id,
    instance: instance.id,
    task: null,
    audience: AUDIENCE,
    jkt: instance.thumbprint,
  })
}

function version({ snapshot }: TokenWorld): Promise<number> {
  return snapshot(({ organisation }) => organisation.version())
}
