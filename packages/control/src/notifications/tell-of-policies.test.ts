import assert from "node:assert/strict"
import { it } from "node:test"
import type { User } from "@tabard/core"
import { putManifest } from "../decisions/put-manifest.ts"
import { ownAddress } from "../policies/own-address.ts"
import { putOwnPolicies } from "../policies/put-own-policies.ts"
import { mandateOf } from "../testing/control-world.ts"
import { notesServer } from "../testing/notes-server.ts"
import { openTellingWorld, type TellingWorld } from "./testing/telling-world.ts"

it("whoever answers for an agent is told where a set is changed so that its manifest compiles no longer", async () => {
  await using world = await openTellingWorld()
  const [owner, other, security] = [
    await world.person("member"),
    await world.person("member"),
    await world.person("security"),
  ]
  await notesServer(world, owner)
  await put(world, security, "/notes\n", 0)
  const agent = await world.agent({
    state: "active",
    owner: owner.id,
    mandate: mandateOf(owner, world.clock),
  })
  const tool = "{ server: notes, tool: read_note, arguments: { path: { under: { inSet: folders } } } }"
  const text = `purpose: Tidies notes\ntier: transactional\ntools: [${tool}]`
  await putManifest(world, owner, { agent: agent.id, text })
  await put(world, security, "/notes\n/more\n", 1)
  await world.tell()
  assert.deepEqual(await told(world, owner), [])
  await put(world, security, "no folder\n", 2)
  await world.tell()
  assert.deepEqual(await told(world, owner), [["agent-stopped", agent.id, "cut-off"]])
  for (const person of [other, security]) assert.deepEqual(await told(world, person), [])
})

async function put(world: TellingWorld, by: User, source: string, seen: number): Promise<void> {
  await putOwnPolicies(world, by, { address: ownAddress("set", "folders"), source, seen })
}

async function told(
  world: TellingWorld,
  person: User,
): Promise<readonly (readonly [string, string | null, unknown])[]> {
  return (await world.toldTo(person)).map(
    ({ kind, agent, details }) => [kind, agent, details["how"]] as const,
  )
}
