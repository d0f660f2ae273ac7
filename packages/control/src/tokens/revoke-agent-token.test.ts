import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { revokeAgentToken } from "./revoke-agent-token.ts"
import { PLAIN_TOKEN } from "./testing/plain-token.ts"
import { openTokenWorld, type TokenWorld } from "./testing/token-world.ts"

describe("a person who ends one token of an agent", () => {
  it("ends it with what came from it, once, with an event that says why", async () => {
    await using world = await openTokenWorld()
    await keep(world, "jti-1", [])
    await keep(world, "jti-2", ["jti-1"])
    await keep(world, "jti-3", [])
    const before = await version(world)
    for (let turn = 0; turn < 2; turn++) await revoke(world, "jti-1")
    assert.deepEqual(await live(world), ["jti-3"])
    const events = await world.events("token.revoked")
    assert.equal(events.length, 1)
    assert.deepEqual(events[0]?.["data"], { jti: "jti-1", why: "it was seen elsewhere" })
    assert.equal(await version(world), before + 1)
  })

  it("has to answer for the agent", async () => {
    await using world = await openTokenWorld()
    await keep(world, "jti-1", [])
    const somebody = { id: newId("user", world.clock), role: "member" } as const
    await assert.rejects(revoke(world, "jti-1", somebody), { code: "not_allowed" })
    assert.deepEqual(await live(world), ["jti-1"])
  })

  it("ends nothing of another agent's", async () => {
    await using world = await openTokenWorld()
    await keep(world, "jti-1", [], newId("agent", world.clock))
    await revoke(world, "jti-1")
    assert.equal((await world.events("token.revoked")).length, 0)
  })
})

function revoke(
  world: TokenWorld,
  jti: string,
  by: Parameters<typeof revokeAgentToken>[1] = { id: newId("user", world.clock), role: "security" },
): Promise<void> {
  return revokeAgentToken(world, by, { agent: world.agent.id, jti, reason: "it was seen elsewhere" })
}

async function keep(
  { transact, clock, agent, instance }: TokenWorld,
  jti: string,
  lineage: readonly string[],
  of = agent.id,
): Promise<void> {
  const expiresAt = new Date(clock.now().getTime() + 300_000)
  const issued = { issuedAt: clock.now(), expiresAt, revokedAt: null }
  const token = { ...PLAIN_TOKEN, agent: of, instance: instance.id, jti, jkt: null, lineage, ...issued }
  await transact(({ tokens }) =>
    tokens.insert({ ...token, task: null, audience: "https://tabard.example/mcp" }),
  )
}

async function live({ snapshot, agent, clock }: TokenWorld): Promise<readonly string[]> {
  return (await snapshot(({ tokens }) => tokens.live(agent.id, clock.now()))).map(({ jti }) => jti)
}

function version({ snapshot }: TokenWorld): Promise<number> {
  return snapshot(({ organisation }) => organisation.version())
}
