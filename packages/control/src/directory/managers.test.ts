import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { User } from "@tabard/core"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import { nextOwner } from "./next-owner.ts"
import { setManager } from "./set-manager.ts"

describe("a manager", () => {
  it("is an active person whom an administrator names, once, and is told in the record", async () => {
    await using world = await openControlWorld()
    const { ann, bob, cat } = await lay(world)
    await assert.rejects(set(world, bob, { of: cat, to: bob }), { code: "not_allowed" })
    for (let turn = 0; turn < 2; turn++) await set(world, ann, { of: cat, to: bob })
    await set(world, ann, { of: cat, to: null })
    assert.deepEqual(
      (await world.events("person.manager-changed")).map(({ data }) => data),
      [
        { user: cat.id, manager: bob.id, before: null },
        { user: cat.id, manager: null, before: bob.id },
      ],
    )
    const gone = await world.person("member", { email: "gone@acme.example", active: false })
    await assert.rejects(set(world, ann, { of: cat, to: gone }), { code: "person_not_found" })
  })

  it("is nobody who stands below", async () => {
    await using world = await openControlWorld()
    const { ann, bob, cat } = await lay(world)
    await set(world, ann, { of: cat, to: bob })
    await assert.rejects(set(world, ann, { of: bob, to: cat }), { code: "manager_invalid" })
    await assert.rejects(set(world, ann, { of: bob, to: bob }), { code: "manager_invalid" })
  })
})

describe("who is asked first to own what a leaver owned", () => {
  it("is the nearest manager above them who is active, or nobody", async () => {
    await using world = await openControlWorld()
    const { ann, bob, cat } = await lay(world)
    const next = (people: readonly User[]) => nextOwner(cat, new Map(people.map((one) => [one.id, one])))?.id
    const under = { ...cat, manager: bob.id }
    const between = { ...bob, manager: ann.id }
    const suggest = (people: readonly User[]) =>
      nextOwner(under, new Map(people.map((one) => [one.id, one])))?.id
    assert.equal(suggest([ann, between, under]), bob.id)
    assert.equal(suggest([ann, { ...between, active: false }, under]), ann.id)
    assert.equal(suggest([{ ...ann, active: false }, { ...between, active: false }, under]), undefined)
    assert.equal(suggest([under]), undefined)
    assert.equal(next([ann, bob, cat]), undefined)
  })
})

async function lay(world: ControlWorld) {
  const ann = await world.person("administrator")
  const bob = await world.person("member", { name: "Bob", email: "bob@acme.example" })
  const cat = await world.person("member", { name: "Cat", email: "cat@acme.example" })
  return { ann, bob, cat }
}

function set(world: ControlWorld, by: User, { of, to }: { of: User; to: User | null }): Promise<void> {
  return setManager(world, by, { person: of.id, manager: to?.id ?? null })
}
