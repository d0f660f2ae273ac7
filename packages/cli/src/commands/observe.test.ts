import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { JsonObject } from "@tabard/core"
import { parseObserve } from "./observe-arguments.ts"
import { observingWords, previewCode, suggestionWords } from "./observe-words.ts"

describe("a command on observe mode", () => {
  it("is refused without what it needs, and with what it has no use for", () => {
    const takes = { usage: "usage: x", needs: ["reason", "days"], takesDraft: false } as const
    const read = (...args: readonly string[]) => parseObserve(args, takes)
    assert.equal(read("agt_1", "--reason", "to see", "--days", "7")?.days, 7)
    for (const args of [
      [],
      ["agt_1"],
      ["agt_1", "agt_2", "--reason", "x", "--days", "1"],
      ["agt_1", "--reason", " ", "--days", "1"],
      ["agt_1", "--reason", "x", "--days", "1.5"],
      ["agt_1", "--reason", "x", "--days", "0"],
      ["agt_1", "--reason", "x", "--days", "31"],
      ["agt_1", "--reason", "x", "--days", "1", "--manifest", "a.yaml"],
    ])
      assert.throws(() => read(...args), { name: "UsageError", message: /\nusage: x$/ }, args.join(" "))
    const plain = { usage: "usage: x", needs: [], takesDraft: true } as const
    for (const more of [
      ["--reason", "x"],
      ["--days", "1"],
    ])
      assert.throws(() => parseObserve(["agt_1", ...more], plain), /takes no/)
    assert.equal(parseObserve(["agt_1", "--manifest", "a.yaml"], plain)?.manifest, "a.yaml")
    assert.equal(parseObserve(["--help"], plain), undefined)
  })

  it("ends with 0 only where it is known that nothing would be stopped", () => {
    const fine = { calls: 3, permitted: 3, asked: 0, denied: 0, unjudged: 0 }
    assert.equal(previewCode(fine), 0)
    assert.equal(previewCode({ ...fine, asked: 1 }), 3)
    assert.equal(previewCode({ ...fine, unjudged: 1 }), 3)
    assert.equal(previewCode({ ...fine, asked: 1, denied: 1 }), 4)
    for (const denied of [undefined, "0", -1, Number.NaN]) assert.equal(previewCode({ ...fine, denied }), 4)
  })

  it("says whether a rehearsal still counts, for how many tools, and what ended it", () => {
    const latest = {
      startedAt: "a",
      startedBy: { name: "Ann" },
      reason: "x",
      environment: "test",
      endsAt: "b",
      calls: 1,
    }
    const of = (rehearsal: JsonObject) =>
      observingWords({ observing: false, latest, rehearsal }).split("\n").at(-1)
    const rehearsal = { recordedAt: "2026-11-01", endedBy: [], tools: [{ same: true }, { same: false }] }
    assert.equal(of(rehearsal), "rehearsed 2026-11-01, for 1 of 2 tools as they are now")
    assert.equal(
      of({ ...rehearsal, endedBy: ["bounds"] }),
      "rehearsed 2026-11-01, and no more since bounds changed",
    )
  })

  it("writes a suggested manifest whole, however long its lines are, and with nothing that a terminal obeys", () => {
    const purpose = `purpose: ${"pays suppliers ".repeat(60)}`
    const words = suggestionWords({ manifest: `${purpose}\ntier: "\u001b[2J"\n` })
    assert.ok(words.includes(purpose.trimEnd()))
    assert.ok(!words.includes("\u001b"))
    assert.ok(words.split("\n").every((line) => line.startsWith("# ") || line.startsWith("  ")))
  })
})
