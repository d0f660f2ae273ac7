import assert from "node:assert/strict"
import { it } from "node:test"
import { stringify } from "csv-stringify/sync"
import { array, asyncProperty, constantFrom, assert as hold, record } from "fast-check"
import { openControlWorld } from "../testing/control-world.ts"
import { importRegister } from "./import-register.ts"

it("for any register that is taken, taking it again changes nothing", async () => {
  await using world = await openControlWorld()
  const admin = await world.person("administrator", { email: "admin@acme.example" })
  await world.person("member", { email: "ann@acme.example" })
  await world.person("member", { email: "bob@acme.example" })
  const line = record({
    name: constantFrom("Bot", "bot", "=Bot", "Ledger", "Ünit", "a, b"),
    owner: constantFrom(
      "",
      "admin@acme.example",
      "ann@acme.example",
      "Bob@acme.example",
      "nobody@acme.example",
    ),
    purpose: constantFrom("", "Helps", "-1", "two\nlines"),
    systems: constantFrom("", "Jira", "Xero; Jira", "'x"),
    environment: constantFrom("", "", "Production", "nowhere"),
  })
  let run = 0
  let taken = 0
  const twice = asyncProperty(array(line, { maxLength: 6 }), async (lines) => {
    run++
    const rows = lines.map(({ name, ...rest }) => [`${name} ${run}`, ...Object.values(rest)])
    const csv = stringify([["name", "owner", "purpose", "systems", "environment"], ...rows])
    const first = await importRegister(world, admin, { csv, apply: true })
    const before = [await world.version(), (await world.events()).length]
    const second = await importRegister(world, admin, { csv, apply: true })
    assert.deepEqual([await world.version(), (await world.events()).length], before)
    if (!first.applied) return
    taken++
    assert.deepEqual(
      second.lines.filter(({ does }) => does !== "nothing"),
      [],
    )
  })
  await hold(twice, { numRuns: 60 })
  assert.ok(taken > 3, "a property about registers that are all refused would say nothing")
})
