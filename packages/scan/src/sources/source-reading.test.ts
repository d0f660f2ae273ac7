import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Secret } from "@tabard/core"
import { fingerprintUnder } from "../credentials/fingerprint.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { SourceReading } from "./source-reading.ts"

const context = {
  pack: loadKnowledge(),
  fingerprint: fingerprintUnder(new Secret("f".repeat(32))),
  limits: DEFAULT_LIMITS,
}

/** Takes some tens of milliseconds to read. */
const WORKFLOW = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${"      - uses: anthropics/claude-code-action@v1\n".repeat(1_000)}`

describe("reading source files", () => {
  it("gives everything else of the program its turn between files that take long", async () => {
    let turns = 0
    let next = setImmediate(function count() {
      turns++
      next = setImmediate(count)
    })
    const reading = new SourceReading(context, new AbortController().signal)
    for (let n = 0; n < 12; n++) {
      const path = `/repo/.github/workflows/w${n}.yml`
      await reading.take(path, reading.wanting(path, path.slice("/repo/".length)), WORKFLOW)
    }
    clearImmediate(next)
    assert.equal((await reading.finish()).observations.length, 12)
    assert.ok(turns >= 6, `only ${turns} turns`)
  })

  it("stops where it is told to", async () => {
    const reading = new SourceReading(context, AbortSignal.abort())
    await assert.rejects(reading.take("/repo/a.py", [], ""), { name: "AbortError" })
    await assert.rejects(reading.finish(), { name: "AbortError" })
  })
})
