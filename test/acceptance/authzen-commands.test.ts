import assert from "node:assert/strict"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import type { Ended } from "../world/tabard-process.ts"

let world: CommandWorld

before(async () => {
  world = await openCommandWorld()
  await world.keepToken("token", ["applications:read", "applications:write"])
})
after(async () => {
  await world[Symbol.asyncDispose]()
  assert.deepEqual(world.tabard.faults, [])
})

describe("tabard authzen", () => {
  it("puts the certification's application in force, lists it and shows it", async () => {
    const { publicUrl } = world.tabard.server
    const loaded = await authzen("load-fixture")
    assert.equal(loaded.code, 0, loaded.stderr)
    assert.match(loaded.stdout, new RegExp(`${publicUrl}/pdp/certification`))
    assert.match((await authzen("list")).stdout, /^certification {2}version 1 {2}4 entities/m)
    const shown = await authzen("show", "certification")
    assert.match(shown.stdout, /namespace Cert \{/)
    assert.match(shown.stdout, /@id\("cert\/archive"\)/)
  })

  it("puts one of one's own, keeps what is left out, and tells where a policy is wrong", async () => {
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(world.cwd, name), text)
      return name
    }
    const schema = await file(
      "schema",
      "namespace A { entity user; action read appliesTo { principal: user, resource: user }; }",
    )
    const policies = await file("policies", "permit (principal, action, resource);")
    const entities = await file("entities", '[{"uid":{"type":"user","id":"ann"}}]')
    const put = await authzen(
      "put",
      "own",
      "--schema",
      schema,
      "--policies",
      policies,
      "--entities",
      entities,
    )
    assert.equal(put.code, 0, put.stderr)
    const wrong = await file(
      "wrong",
      "permit (principal, action, resource)\n  when { principal.height > 1 };",
    )
    const refused = await authzen("put", "own", "--policies", wrong)
    assert.notEqual(refused.code, 0)
    assert.match(refused.stderr, /line 2/)
    const recorded = await authzen("put", "own", "--recorded", "yes", "--json")
    const { version, entities: kept, recorded: isRecorded } = JSON.parse(recorded.stdout)
    assert.deepEqual([version, kept, isRecorded], [2, 1, true])
  })

  it("takes one out of force, and says what is missing of a command", async () => {
    assert.match((await authzen("remove", "own")).stderr, /--reason is needed/)
    assert.equal((await authzen("remove", "own", "--reason", "over")).code, 0)
    assert.match((await authzen("show", "own")).stderr, /no application own/)
    assert.match((await authzen("put")).stderr, /say which application/)
  })
})

function authzen(...args: readonly string[]): Promise<Ended> {
  const { publicUrl } = world.tabard.server
  return world.run(["authzen", ...args, "--server", publicUrl, "--token-file", "token"])
}
