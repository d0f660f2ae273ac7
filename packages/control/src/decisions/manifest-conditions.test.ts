import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { putManifest } from "./put-manifest.ts"
import { MANIFEST, openCallWorld } from "./testing/call-world.ts"

const READ = { tool: "read_note", arguments: { path: "/notes/a.md" } }

describe("a manifest that names networks", () => {
  it("lets through what came from one of them, as its door saw, and nothing of which that is not known", async () => {
    await using world = await openCallWorld()
    const { agent, owner, caller, point } = world
    const text = `${MANIFEST}\nconditions: { networks: ["10.0.0.0/8", "2001:db8::/32"] }`
    await putManifest(world.world, owner, { agent: agent.id, text })
    const sees = { point: { ...point, asserts: ["network", "resolved-path"] } } as const
    const from = async (address?: string): Promise<string> =>
      (await world.enforce({ ...READ, caller: { ...caller, address } }, sees)).effect
    assert.equal(await from("10.1.2.3"), "permit")
    assert.equal(await from("2001:db8::7"), "permit")
    assert.equal(await from("192.0.2.1"), "deny")
    assert.equal(await from(undefined), "deny")
    // A door that is not registered to see networks cannot say where a call comes from.
    assert.equal(
      (await world.enforce({ ...READ, caller: { ...caller, address: "10.1.2.3" } })).effect,
      "deny",
    )
  })
})
