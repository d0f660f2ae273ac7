import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport } from "../report.ts"
import { silentReporter } from "../reporter.ts"
import { scan } from "../scan.ts"

const IMPORT = "from crewai import Agent\n"
const AGENT = `${IMPORT}clerk = Agent(role="Clerk", goal="g", backstory="b")\n`

describe("scanning hostile source code", () => {
  it("ends soon on brackets nested hundreds of thousands deep, and reads what lies beside them", async (t) => {
    const start = performance.now()
    const report = await scanFiles(t, {
      "a/deep.py": `${IMPORT}x = Agent${"(".repeat(40_000)}1${")".repeat(40_000)}\n`,
      "a/deeper.py": `${IMPORT}x = Agent${"(".repeat(200_000)}${")".repeat(200_000)}\n`,
      "a/lists.ts": `import { Agent } from "@openai/agents"\nnew Agent(${"[".repeat(200_000)})`,
      "a/open.go": `package m\nimport "google.golang.org/adk/agent/llmagent"\nvar x = llmagent.New${"{".repeat(100_000)}`,
      "b/clerk.py": AGENT,
    })
    assert.ok(performance.now() - start < 180_000)
    assert.ok(report.agents.some(({ name }) => name === "Clerk"))
  })

  it("ends soon on chains, sums and variables that lead to each other", async (t) => {
    const chain = Array.from({ length: 5_000 }, (_, n) => `a${n + 1} = a${n}`).join("\n")
    const start = performance.now()
    const report = await scanFiles(t, {
      "chain.py": `${IMPORT}a0 = Agent(role="r", goal="g", backstory="b")\n${chain}\nb = Agent(role=a5000, tools=[a5000])\n`,
      "circle.py": `${IMPORT}x = y\ny = x\nz = Agent(role=x, goal=y, tools=[x, y])\n`,
      "sum.py": `${IMPORT}z = Agent(role=${"'a' + ".repeat(20_000)}'b')\n`,
      "calls.ts": `import { Agent } from "@openai/agents"\nconst a = new Agent({ name: "n" })${".then()".repeat(20_000)}`,
    })
    assert.ok(performance.now() - start < 180_000)
    // On a machine that is slow, or busy, some of them may be given up.
    const told = [...report.agents.flatMap(({ locations }) => locations), ...report.unreadable]
    assert.deepEqual([...new Set(told.map(({ path }) => basename(path)))].toSorted(), [
      "calls.ts",
      "chain.py",
      "circle.py",
      "sum.py",
    ])
  })

  it("gives up on a file that names tens of thousands of agents no sooner than it can, and never fails", async (t) => {
    const many = Array.from(
      { length: 3_000 },
      (_, n) => `w${n} = Agent(role="w${n}", goal="g", backstory="b")`,
    )
    const report = await scanFiles(t, { "many.py": `${IMPORT}${many.join("\n")}\n` })
    assert.ok(report.agents.length === 3_000 || report.unreadable.length === 1)
  })

  it("skips a source file that is too large, without a word where its name says nothing", async (t) => {
    const report = await scanFiles(t, { "large.py": `${AGENT}${"#".repeat(3_000_000)}` })
    assert.deepEqual(
      [report.agents.length, report.unreadable.length, report.coverage.filesSkipped],
      [0, 0, 1],
    )
  })

  it("takes a file full of bytes that are no text", async (t) => {
    const report = await scanFiles(t, {
      "bytes.py": `\uFEFF${IMPORT}\0\uFFFF\u{1F600}${AGENT}`,
      "clerk.py": AGENT,
    })
    assert.equal(report.unreadable.length, 0)
    assert.ok(report.agents.length >= 1)
  })
})

async function scanFiles(t: TestContext, files: Readonly<Record<string, string>>): Promise<ScanReport> {
  const root = mkdtempSync(join(tmpdir(), "tabard-code-"))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const fingerprintKey = new Secret("k".repeat(40))
  const clock = new ManualClock(new Date("2026-11-21T00:00:00Z"))
  const options = { roots: [root], home: null, os: "linux", fingerprintKey, clock } as const
  return scan(options, silentReporter, AbortSignal.timeout(240_000))
}
