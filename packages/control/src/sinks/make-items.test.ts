import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId } from "@tabard/core"
import { entryItem, type NamedLog } from "./make-items.ts"

/** Two logs that follow each other: the second began at place 5. */
const LOGS: readonly NamedLog[] = [
  { origin: "audit.acme.example/acme/2", base: 5 },
  { origin: "audit.acme.example/acme/1", base: 0 },
]

describe("the key of an entry", () => {
  it("is that of the log that holds it, whichever log goes on now, and its place runs through all of them", () => {
    assert.deepEqual(itemAt(4), ["audit.acme.example/acme/1/4", 4, 4])
    assert.deepEqual(itemAt(5), ["audit.acme.example/acme/2/0", 5, 0])
    assert.deepEqual(itemAt(7), ["audit.acme.example/acme/2/2", 7, 2])
  })
})

function itemAt(place: number): readonly unknown[] {
  const at = new Date("2026-11-01T12:00:00.000Z")
  const event = {
    id: newId("event", { now: () => at }),
    type: "log.rotated",
    at,
    agent: null,
    task: null,
    call: null,
    bytes: new TextEncoder().encode("{}"),
    index: place,
  }
  const contents = {
    entry: (_: unknown, { index }: { index: number }) => ({ index }),
    checkpoint: () => ({}),
  }
  const { key, place: said, body } = entryItem(contents, { content: "own" }, { event, place, logs: LOGS })
  return [key, said, body["index"]]
}
