import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { describe, it } from "node:test"
import { EVENT_PROFILES, EVENT_TYPES, eventSchema } from "@tabard/control"

const PAGE = readFileSync(new URL("../docs/events.md", import.meta.url), "utf8")
const SCHEMA = readFileSync(new URL("../docs/event.schema.json", import.meta.url), "utf8")

describe("the documentation of events", () => {
  it("says of every type what it means, what it names and what stands beside the log, and of no other", () => {
    const rows = PAGE.split("\n").flatMap((line) => {
      const [, type, means, names, beside] = line.split("|").map((cell) => cell.trim())
      return type && /^`[a-z-]+\.[a-z-]+`$/.test(type) ? [[type, means, names, beside]] : []
    })
    const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ") || "–"
    assert.deepEqual(
      rows,
      EVENT_TYPES.map((type) => {
        const { means, names, committed = {} } = EVENT_PROFILES[type]
        return [`\`${type}\``, means, code(names), code(Object.keys(committed))]
      }),
    )
  })

  it("holds the schema that the code makes", () => {
    assert.deepEqual(
      JSON.parse(SCHEMA),
      eventSchema(),
      "write docs/event.schema.json anew from eventSchema()",
    )
  })
})
