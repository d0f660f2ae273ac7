import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { type Label, parseLabels } from "./discovery/labels.ts"
import { printScores } from "./discovery/print-scores.ts"
import { compare, precision, recall } from "./discovery/score.ts"
import { scoreCorpus } from "./discovery/score-corpus.ts"

describe("measuring discovery", () => {
  it("counts each thing once, though it stands twice", () => {
    const score = compare("x", { seen: ["a", "a", "b"], expected: ["a", "c"] })
    assert.deepEqual(score, { hits: 1, missed: ["x: c"], wrong: ["x: a", "x: b"] })
    assert.deepEqual([precision(score), recall(score)], [1 / 3, 1 / 2])
  })

  it("scores what is there, and skips by name what is not", async (t) => {
    const root = mkdtempSync(join(tmpdir(), "tabard-bench-"))
    t.after(() => rmSync(root, { recursive: true, force: true }))
    writeFileSync(join(root, ".mcp.json"), '{"mcpServers":{"a":{"command":"x","args":["y"]}}}')
    const labels = [label("one", ".mcp.json"), label("two", "none.json"), label("three", "../.mcp.json")]
    const score = await scoreCorpus(labels, root, new AbortController().signal)
    assert.deepEqual(score.skipped, ["two", "three"])
    assert.match(
      printScores(score),
      /all \(1\) \| servers by command or URL \| 1\.000 \| 1\.000 \| 1 \| 0 \| 0/,
    )
  })

  it("reads a label, whatever else it says", () => {
    const expected = { agents: [{ framework: "f" }], mcp_servers: [{ name: null, command_or_url: "u" }] }
    assert.deepEqual(parseLabels(JSON.stringify({ id: "i", path: "p", note: 1, expected })), [
      {
        id: "i",
        path: "p",
        category: "without category",
        agents: ["f"],
        servers: [{ name: null, commandOrUrl: "u" }],
        holdsSecret: false,
        autonomy: "not_stated",
      },
    ])
  })

  it("says which line is no label", () => {
    assert.throws(() => parseLabels('\n{"id":1}'), /line 2 is not a label/)
  })
})

function label(id: string, path: string): Label {
  return {
    id,
    path,
    category: "configs",
    agents: ["claude-code"],
    servers: [{ name: "a", commandOrUrl: "x y" }],
    holdsSecret: false,
    autonomy: "not_stated",
  }
}
