import assert from "node:assert/strict"
import { it } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import { scan, silentReporter } from "@tabard/scan"
import { makeMachine } from "../world/machine.ts"

// Other programs read these reports: a member is only ever added.
const MEMBERS = {
  "": "agents coverage credentials findings finishedAt host mcpServers roots schema startedAt unreadable",
  agents: "autonomy category client confidence credentials evidence framework key locations mcpServers name",
  "agents.autonomy": "effective level",
  "agents.autonomy.effective": "setting source value",
  "agents.evidence": "line path what",
  "agents.locations": "line path",
  coverage: "clientsChecked clientsKnown filesRead filesSkipped knowledge",
  "coverage.knowledge": "date version",
  credentials: "fingerprint key kind locations provider storedAs",
  "credentials.locations": "line path",
  findings: "controls evidence message remediation rule severity subject",
  "findings.evidence": "line path what",
  mcpServers: "args capabilities catalogue command enabled flags key locations name system transport url",
  "mcpServers.locations": "line path",
}

it("a report of tabard.scan/1 has exactly these members", async () => {
  await using machine = await makeMachine()
  const options = {
    roots: [machine.root],
    home: null,
    os: "linux",
    fingerprintKey: new Secret("k".repeat(32)),
    clock: new ManualClock("2026-11-01T12:00:00.000Z"),
  } as const
  const report = await scan(options, silentReporter, AbortSignal.timeout(240_000))
  assert.equal(report.schema, "tabard.scan/1")
  const members = new Map<string, Set<string>>()
  collect(report, "", members)
  const found = [...members].map(([path, names]) => [path, [...names].toSorted().join(" ")])
  assert.deepEqual(Object.fromEntries(found.toSorted()), MEMBERS)
})

function collect(value: unknown, path: string, members: Map<string, Set<string>>): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, path, members))
  if (typeof value !== "object" || value === null) return
  const names = members.get(path) ?? new Set()
  members.set(path, names)
  for (const [name, member] of Object.entries(value)) {
    names.add(name)
    collect(member, path ? `${path}.${name}` : name, members)
  }
}
