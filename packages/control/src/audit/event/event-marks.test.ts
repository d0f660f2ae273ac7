import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type EventMarks, marksOf } from "./event-marks.ts"

const [ANN, BEN, CAS, DAN] = ["1", "2", "3", "4"].map(
  (last) => `usr_01890000-0000-7000-8000-00000000000${last}` as const,
)

const NONE: EventMarks = {
  actor: null,
  owner: null,
  served: null,
  named: null,
  tool: null,
  server: null,
  effect: null,
}

describe("what an event is found by", () => {
  it("is everybody whom it names, the tool with its server, and what was decided", () => {
    const call = {
      actor: { kind: "user", id: ANN },
      owner: BEN,
      onBehalfOf: CAS,
      data: { user: DAN },
      action: "notes/write/deep",
      decision: { effect: "ask" },
    }
    assert.deepEqual(marksIn(call), {
      actor: ANN,
      owner: BEN,
      served: CAS,
      named: DAN,
      tool: "notes/write/deep",
      server: "notes",
      effect: "ask",
    })
    assert.deepEqual(marksIn({ data: { to: ANN } }), { ...NONE, named: ANN })
    assert.deepEqual(marksIn({ action: "token.issue" }), { ...NONE, tool: "token.issue" })
  })

  it("is nothing where the bytes are no event, or say something else", () => {
    assert.deepEqual(marksOf(Uint8Array.of(255, 0, 1)), NONE)
    for (const body of [null, 1, [], "x", { actor: "x", owner: { id: ANN }, data: null, decision: "permit" }])
      assert.deepEqual(marksIn(body), NONE)
    assert.deepEqual(marksIn({ owner: "usr_1", action: 7, decision: { effect: "maybe" } }), NONE)
    assert.deepEqual(marksIn(JSON.parse('{"__proto__":{"owner":"x"},"action":"a\\u0000/b"}')), NONE)
  })

  it("is no longer than an index holds, and no half character", () => {
    const { tool } = marksIn({ action: `a/${"😀".repeat(400)}` })
    assert.equal(tool?.length, 300)
    assert.ok(tool.isWellFormed())
    assert.ok(marksIn({ action: `ab/${"😀".repeat(400)}` }).tool?.isWellFormed())
  })
})

function marksIn(body: unknown): EventMarks {
  return marksOf(new TextEncoder().encode(JSON.stringify(body)))
}
