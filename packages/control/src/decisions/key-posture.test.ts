import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { KeyStorage } from "@tabard/core"
import type { PresentedToken } from "../tokens/check-token.ts"
import { instanceOf } from "../tokens/testing/token-world.ts"
import { putPolicies } from "./put-policies.ts"
import { type CallWorld, openCallWorld, tokenFor } from "./testing/call-world.ts"

/** What an organisation says that wants keys which cannot be copied. */
const HELD_IN_HARDWARE = `forbid (principal, action, resource) unless {
  context.session.posture.contains("key:pkcs11") || context.session.posture.contains("key:tpm")
};`
const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

describe("a guard-rail that demands a key in hardware", () => {
  for (const [storage, effect] of [
    ["pkcs11", "permit"],
    ["tpm", "permit"],
    ["keychain", "deny"],
    ["file", "deny"],
    [undefined, "deny"],
  ] as const)
    it(`makes it ${effect} for a key in ${storage ?? "a place that nobody told"}`, async () => {
      await using world = await openDemanding()
      const caller = await callerWith(world, storage)
      assert.equal((await world.enforce({ ...READ, caller })).effect, effect)
    })

  it("does not take what was said of a new key for the one before", async () => {
    await using world = await openDemanding()
    const caller = await callerWith(world, "file")
    await rotateToTpm(world, caller)
    assert.equal((await world.enforce({ ...READ, caller })).effect, "deny")
  })
})

async function openDemanding(): Promise<CallWorld> {
  const world = await openCallWorld()
  await world.transact(async (tx) => {
    const policies = [{ id: "hardware/1", text: HELD_IN_HARDWARE }]
    await putPolicies(world, tx, { kind: "guard", subject: "hardware", author: "test", policies })
    await tx.organisation.bumpVersion()
  })
  return world
}

/** A token of another install of the world's agent, which says that its key is there. */
async function callerWith(world: CallWorld, keyStorage: KeyStorage | undefined): Promise<PresentedToken> {
  const { agent, clock, task } = world
  const instance = { ...instanceOf(agent, clock), ...(keyStorage && { keyStorage }) }
  await world.transact(({ instances }) => instances.insert(instance))
  return tokenFor(world, { agent, instance, task: task.id })
}

async function rotateToTpm({ transact, clock }: CallWorld, { instance, jkt }: PresentedToken): Promise<void> {
  const at = clock.now()
  const to = { jwk: { kty: "EC", crv: "P-256", x: "x", y: "y" }, thumbprint: "another key" } as const
  const endsAt = new Date(at.getTime() + 600_000)
  const rotation = { from: jkt ?? "", to, keyStorage: "tpm", at, endsAt } as const
  assert.equal(await transact(({ instances }) => instances.rotate(instance, rotation)), true)
}
