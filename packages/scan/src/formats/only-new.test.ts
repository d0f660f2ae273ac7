import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ScanReport, SeenFinding } from "../report.ts"
import { sampleReport } from "./fixtures/sample-report.ts"
import { MalformedBaseline, onlyNew, parseBaseline } from "./only-new.ts"

describe("comparing with a baseline", () => {
  it("leaves out what the baseline has, and keeps the inventory", () => {
    const report = onlyNew(sampleReport(), baselineOf(sampleReport()))
    assert.deepEqual(report, sampleReport({ findings: [] }))
  })

  it("keeps a finding of another rule, of another subject, or in another place", () => {
    const others = [
      changed({ rule: "another-rule" }),
      changed({ subject: "credential:slack-bot" }),
      changed({ evidence: [{ path: "/home/ada/work/other.json", line: 12, what: "" }] }),
    ]
    for (const finding of others) {
      assert.deepEqual(newIn(sampleReport({ findings: [finding] })), [finding])
    }
  })

  it("keeps a finding that spread to a further place", () => {
    const further = { path: "/home/ada/.other.json", line: 1, what: "" }
    const spread = changed({ evidence: [...changed({}).evidence, further] })
    assert.deepEqual(newIn(sampleReport({ findings: [spread] })), [spread])
  })

  it("does not mind that a line moved, a severity was judged anew, or a key of the machine changed", () => {
    const moved = changed({
      severity: "low",
      evidence: changed({}).evidence.map((place) => ({ ...place, line: 900 })),
      subject: "credential:under-another-key",
    })
    const credentials = sampleReport().credentials.map((each) => ({
      ...each,
      fingerprint: "0".repeat(64),
      key: each.kind === "github-pat-classic" ? "credential:under-another-key" : each.key,
    }))
    assert.deepEqual(newIn(sampleReport({ credentials, findings: [moved] })), [])
  })

  it("keeps all of a kind where there are more of it in a place than there were", () => {
    const findings = [
      changed({}),
      changed({ evidence: [{ ...changed({}).evidence[0], path: MCP, line: 30, what: "" }] }),
    ]
    assert.equal(newIn(sampleReport({ findings })).length, 2)
  })

  it("keeps a server that was changed under the same name", () => {
    const mcpServers = sampleReport().mcpServers.map((server) => ({ ...server, args: ["evil-slack"] }))
    assert.deepEqual(
      newIn(sampleReport({ mcpServers })).map(({ rule }) => rule),
      ["unpinned-mcp-server"],
    )
  })

  for (const [what, text] of Object.entries({
    "no JSON": "{",
    "another document": "{}",
    "another version": JSON.stringify({ ...sampleReport(), schema: "tabard.scan/2" }),
    "a report without findings": JSON.stringify({ ...sampleReport(), findings: undefined }),
    "a finding without a place": JSON.stringify({
      ...sampleReport(),
      findings: [{ rule: "x", subject: "y" }],
    }),
    nothing: "null",
  })) {
    it(`refuses ${what}`, () => {
      assert.throws(() => parseBaseline(text), MalformedBaseline)
    })
  }
})

const MCP = "/home/ada/work/.mcp.json"

function changed(some: Partial<SeenFinding>): SeenFinding {
  const [first] = sampleReport().findings
  assert.ok(first)
  return { ...first, ...some }
}

function newIn(report: ScanReport): readonly SeenFinding[] {
  return onlyNew(report, baselineOf(sampleReport())).findings
}

function baselineOf(report: ScanReport): ReturnType<typeof parseBaseline> {
  return parseBaseline(JSON.stringify(report))
}
