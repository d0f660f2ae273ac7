import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Environment, Instance } from "@tabard/core"
import { seedPolicies } from "../decisions/seed-policies.ts"
import { type CallWorld, openCallWorld, tokenFor } from "../decisions/testing/call-world.ts"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { ownAddress } from "./own-address.ts"
import { putOwnPolicies } from "./put-own-policies.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }
const WRITE = { tool: "write_note", arguments: { path: "/notes/a.md", content: "x" } }
const OFFERED = ownAddress("offered", "own")

describe("the guard-rails that are offered", () => {
  for (const [environment, production, effect] of [
    ["production", false, "deny"],
    ["staging", false, "permit"],
    [undefined, false, "permit"],
    ["staging", true, "permit"],
    ["unknown", true, "deny"],
    [undefined, true, "deny"],
  ] as const)
    it(`${effect} a key in a file in ${environment ?? "an environment that nobody said"}, ${production ? "facing a network" : "on a laptop"}`, async () => {
      await using world = await openIn(environment, production)
      const answer = await world.enforce(READ)
      assert.equal(answer.effect, effect)
      if (effect === "deny") assert.ok(answer.decision?.reasons.includes("offered/proven-identity"))
    })

  for (const [kind, differs] of [
    ["a key in a TPM", { keyStorage: "tpm" }],
    ["an identity that its platform proves", { kind: "federated", jwk: null, thumbprint: null }],
  ] as const)
    it(`let ${kind} read in production, and write only once it was rehearsed`, async () => {
      await using world = await openIn("production", false)
      const caller = await callerWith(world, differs)
      assert.equal((await world.enforce({ ...READ, caller })).effect, "permit")
      const written = await world.enforce({ ...WRITE, caller })
      assert.equal(written.effect, "deny")
      assert.deepEqual(written.decision?.reasons, ["offered/rehearsed"])
    })

  it("hold where an organisation settles it, which a start does not undo", async () => {
    await using world = await openIn("production", false)
    const wish = { address: OFFERED, source: "rehearsed: [production]\n", seen: 1 }
    await putOwnPolicies(world, await world.person("security"), wish)
    await seedPolicies({ ...world, production: true })
    assert.equal((await world.enforce(READ)).effect, "permit")
    assert.equal((await world.enforce(WRITE)).effect, "deny")
  })

  for (const [why, source] of [
    ["nobody knows", "rehersed: [production]"],
    ["no environment is named", "rehearsed: [Production!]"],
    ["is no list", "rehearsed: production"],
    ["uses aliases", "rehearsed: &a [production]\nproven-identity: *a"],
    ["is no YAML", "rehearsed: ["],
  ] as const)
    it(`are refused where what is written ${why}`, async () => {
      await using world = await openIn("production", false)
      const wish = { address: OFFERED, source, seen: 1 }
      const refused = putOwnPolicies(world, await world.person("security"), wish)
      await assert.rejects(refused, { code: "policy_invalid" })
    })
})

async function openIn(environment: Environment | undefined, production: boolean): Promise<CallWorld> {
  const world = await openCallWorld()
  await seedPolicies({ ...world, production })
  const { agent, owner, clock } = world
  if (environment === undefined) return world
  await world.transact(({ facts }) =>
    facts.put({
      subject: agent.id,
      name: "environment",
      kind: "declared",
      source: owner.id,
      value: environment,
      at: clock.now(),
    }),
  )
  return world
}

async function callerWith(world: CallWorld, differs: Partial<Instance>): Promise<PresentedToken> {
  const { agent, clock, task } = world
  const instance = { ...instanceOf(agent, clock), ...differs }
  await world.transact(({ instances }) => instances.insert(instance))
  return tokenFor(world, { agent, instance, task: task.id })
}
