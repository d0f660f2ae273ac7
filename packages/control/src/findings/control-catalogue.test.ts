import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { SCAN_RULES } from "@tabard/scan"
import { controlCatalogue, controlName } from "./control-catalogue.ts"

describe("the catalogue of controls", () => {
  const { frameworks, controls, version, date } = controlCatalogue()
  const names = controls.map(controlName)

  it("has a version, a date and a title for each framework and control", () => {
    assert.match(`${version} ${date}`, /^\d{4}\.\d+\.\d+ \d{4}-\d\d-\d\d$/)
    for (const each of [...frameworks, ...controls]) assert.ok(each.id && each.title, JSON.stringify(each))
    assert.ok(controls.length > 300)
  })

  it("names each control once, in a framework that it lists", () => {
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    )
    const known = new Set(frameworks.map(({ id }) => id))
    assert.deepEqual(
      controls.filter(({ framework }) => !known.has(framework)),
      [],
    )
  })

  for (const { id, controls: speaksTo } of SCAN_RULES)
    it(`holds the controls that the rule ${id} speaks to: a few, each once`, () => {
      assert.deepEqual(
        speaksTo.filter((name) => !names.includes(name)),
        [],
      )
      assert.ok(speaksTo.length >= 2 && speaksTo.length <= 4, `${speaksTo.length} controls`)
      assert.equal(new Set(speaksTo).size, speaksTo.length)
    })
})
