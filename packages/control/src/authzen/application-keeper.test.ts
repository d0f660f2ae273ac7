import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { ApplicationKeeper } from "./application-keeper.ts"
import { putApplication, removeApplication } from "./put-application.ts"

const SCHEMA = "namespace A { entity user; action read appliesTo { principal: [user], resource: [user] }; }"
const NAME = "one"

describe("the applications in force", () => {
  it("are read once for half a second, however many ask, and anew after that", async () => {
    await using world = await openControlWorld()
    const by = await world.person("security")
    await putApplication(world, by, { name: NAME, schema: SCHEMA, policies: "" })
    let reads = 0
    const keeper = keeperOf(world, () => reads++)
    const found = await Promise.all(Array.from({ length: 20 }, () => keeper.find(NAME)))
    assert.deepEqual([reads, new Set(found).size], [1, 1])
    world.clock.advance(499)
    await keeper.find(NAME)
    assert.equal(reads, 1)
    world.clock.advance(1)
    await keeper.find(NAME)
    assert.equal(reads, 2)
  })

  it("are known anew at once where something was changed here, also while they were read", async () => {
    await using world = await openControlWorld()
    const by = await world.person("administrator")
    const keeper = keeperOf(world)
    await putApplication(world, by, { name: NAME, schema: SCHEMA, policies: "" })
    const before = keeper.find(NAME)
    await putApplication(world, by, { name: NAME, policies: "permit (principal, action, resource);" })
    keeper.forget()
    await before
    assert.equal((await keeper.find(NAME))?.version, 2)
    await removeApplication(world, by, { name: NAME, reason: "over" })
    keeper.forget()
    assert.equal(await keeper.find(NAME), undefined)
    assert.deepEqual(
      (await world.events("application.put", "application.removed")).map(({ type }) => type),
      ["application.put", "application.put", "application.removed"],
    )
  })
})

describe("an application", () => {
  it("is changed by security and administrators alone, and the built-in one by nobody", async () => {
    await using world = await openControlWorld()
    const wish = { name: NAME, schema: SCHEMA, policies: "" }
    for (const role of ["auditor", "member"] as const)
      await assert.rejects(putApplication(world, await world.person(role), wish), { code: "not_allowed" })
    const by = await world.person("administrator")
    await assert.rejects(putApplication(world, by, { ...wish, name: "agents" }), { code: "not_allowed" })
  })

  it("that does not hold together changes nothing, and has no event", async () => {
    await using world = await openControlWorld()
    const by = await world.person("administrator")
    await assert.rejects(putApplication(world, by, { name: NAME, schema: SCHEMA }), {
      code: "application_invalid",
    })
    await putApplication(world, by, { name: NAME, schema: SCHEMA, policies: "" })
    const policies = "permit (principal, action, resource) when { principal.height > 1 };"
    await assert.rejects(putApplication(world, by, { name: NAME, policies }), { code: "policy_invalid" })
    assert.equal((await world.snapshot(({ applications }) => applications.find(NAME)))?.version, 1)
    assert.equal((await world.events("application.put")).length, 1)
  })
})

function keeperOf(
  { snapshot, clock }: ControlWorld,
  onRead: () => void = () => undefined,
): ApplicationKeeper {
  return new ApplicationKeeper({
    clock,
    snapshot: (work) => {
      onRead()
      return snapshot(work)
    },
  })
}
