import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { SCAN_RULES } from "@tabard/scan"
import { controlCatalogue, controlName } from "../control-catalogue.ts"
import { at, credential, discovered, messages } from "./inventory.fixture.ts"
import { INVENTORY_RULES } from "./inventory-rules.ts"

describe("each rule that needs the inventory", () => {
  const controls = new Set(controlCatalogue().controls.map(controlName))

  for (const rule of INVENTORY_RULES)
    it(`names a remedy in one sentence, and controls that there are: ${rule.id}`, () => {
      assert.match(rule.remediation, /^[A-Z][^.]+\.$/)
      assert.ok(rule.title.length > 5)
      assert.ok(rule.controls.length >= 2 && rule.controls.length <= 4)
      assert.deepEqual(
        rule.controls.filter((name) => !controls.has(name)),
        [],
      )
    })

  it("says what the scan's rule of the same id is, where there is one", () => {
    for (const { id, title, controls: speaksTo } of INVENTORY_RULES) {
      const same = SCAN_RULES.find((rule) => rule.id === id)
      if (same) assert.deepEqual([title, speaksTo], [same.title, same.controls], id)
    }
  })

  it("says the same tomorrow where nothing changed, so that a day alone rewrites nothing", () => {
    const left = { ...discovered(), credentials: [credential()] }
    assert.deepEqual(messages({ ...left, now: at(20) }), messages({ ...left, now: at(21) }))
  })
})
