import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ScanReport } from "@tabard/scan"
import { formatScan } from "./scan-pretty.ts"

const REPORT: ScanReport = {
  schema: "tabard.scan/1",
  startedAt: "2026-11-21T00:00:00.000Z",
  finishedAt: "2026-11-21T00:00:01.000Z",
  host: null,
  roots: ["/home/ann"],
  agents: [],
  mcpServers: [],
  credentials: [],
  findings: [],
  unreadable: [],
  coverage: {
    clientsKnown: 1,
    clientsChecked: 1,
    filesRead: 1,
    filesSkipped: 0,
    knowledge: { version: "1", date: "2026-11-21" },
  },
}

describe("a finding in a terminal", () => {
  it("says each of its places once, by the line where one is known, and how many more there are", () => {
    const evidence = [
      { path: "/home/ann/a.json", line: null, what: "x" },
      { path: "/home/ann/a.json", line: 3, what: "y" },
      { path: "/home/ann/a.json", line: 3, what: "z" },
      ...["b", "c", "d", "e"].map((name) => ({ path: `/srv/${name}`, line: null, what: "x" })),
    ]
    const finding = {
      rule: "r",
      severity: "high",
      subject: "s",
      message: "M.",
      remediation: "R.",
      controls: [],
    }
    const text = formatScan(
      { ...REPORT, findings: [{ ...finding, severity: "high", evidence }] },
      { home: "/home/ann", color: false },
    )
    assert.match(
      text,
      /^Findings\n {2}high {6}M\.\n {12}R\.\n {12}~\/a\.json:3, \/srv\/b, \/srv\/c and 2 more$/m,
    )
  })
})
