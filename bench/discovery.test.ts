import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
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

  it("reads an item by its folder, so that a test in it is a test, and skips one that lacks a file", async (t) => {
    const root = mkdtempSync(join(tmpdir(), "tabard-bench-"))
    t.after(() => rmSync(root, { recursive: true, force: true }))
    const agent = "from crewai import Agent\nwriter = Agent(role='w', goal='g', backstory='b')\n"
    for (const path of ["a/src/agent.py", "b/tests/agent.py"]) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), agent)
    }
    const code = { agents: ["crewai"], servers: [] }
    const labels = [
      { ...label("own", "a/src/agent.py"), ...code, folder: "a" },
      { ...label("test", "b/tests/agent.py"), ...code, agents: [], folder: "b" },
      {
        ...label("torn", "a/src/agent.py"),
        ...code,
        files: ["a/src/agent.py", "a/src/gone.py"],
        folder: "a",
      },
    ]
    const score = await scoreCorpus(labels, root, new AbortController().signal)
    assert.deepEqual(score.skipped, ["torn"])
    assert.match(printScores(score), /all \(2\) \| agents \| 1\.000 \| 1\.000 \| 1 \| 0 \| 0/)
  })

  it("reads a label, whatever else it says", () => {
    const expected = { agents: [{ framework: "f" }], mcp_servers: [{ name: null, command_or_url: "u" }] }
    assert.deepEqual(
      parseLabels(JSON.stringify({ id: "i", path: "p", files: ["p", "q/r"], note: 1, expected })),
      [
        {
          id: "i",
          path: "p",
          files: ["p", "q/r"],
          folder: null,
          category: "without category",
          agents: ["f"],
          servers: [{ name: null, commandOrUrl: "u" }],
          holdsSecret: false,
          autonomy: "not_stated",
        },
      ],
    )
  })

  it("says which line is no label", () => {
    assert.throws(() => parseLabels('\n{"id":1}'), /line 2 is not a label/)
  })
})

function label(id: string, path: string): Label {
  return {
    id,
    path,
    files: [path],
    folder: null,
    category: "configs",
    agents: ["claude-code"],
    servers: [{ name: "a", commandOrUrl: "x y" }],
    holdsSecret: false,
    autonomy: "not_stated",
  }
}
