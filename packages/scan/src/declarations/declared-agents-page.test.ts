import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { describe, it } from "node:test"
import { DECLARED_SETTINGS } from "./declared-settings.ts"
import { WORKFLOW_GUARDS, WORKFLOW_SETTINGS, WORKFLOW_TOKENS } from "./workflow-settings.ts"

describe("the page on declared agents", () => {
  const page = readFileSync(new URL("../../../../docs/declared-agents.md", import.meta.url), "utf8")
  const told = [WORKFLOW_SETTINGS, WORKFLOW_GUARDS, WORKFLOW_TOKENS, DECLARED_SETTINGS].flatMap(Object.values)

  it("says what each setting, guard and token means", () => {
    for (const word of told) assert.ok(page.includes(`\`${word}\``), `it does not name ${word}`)
  })

  it("names no setting that is never told", () => {
    const named = [...page.matchAll(/`((?:ci|declared)\.[\w-]+)`/g)].map(([, name]) => name)
    for (const name of named) assert.ok(told.includes(name), `nothing tells ${name}`)
  })
})
