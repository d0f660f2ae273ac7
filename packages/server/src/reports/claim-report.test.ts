import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { claimReport } from "./claim-report.ts"
import { reportOf, sawAgent, sawCredential, sawServer } from "./testing/pushed-report.ts"

const NOW = new Date("2026-11-01T12:00:00.000Z")
const SECRET = ["ghp", "R3aLLyS3cr3tF0rT3sts4242R3aLLyS3cr3t"].join("_")

describe("what is believed of a report", () => {
  it("is all of it, where nothing is wrong with it", () => {
    const sent = reportOf([sawAgent("a", { mcpServers: ["s"], credentials: ["c"] })], {
      mcpServers: [sawServer("s")],
      credentials: [sawCredential("c")],
    })
    const { report, scrubbed } = claim(sent)
    assert.deepEqual({ ...report, findings: [] }, sent)
    assert.equal(scrubbed, 0)
  })

  it("is no finding of its own: ours are made from what it says it saw", () => {
    const lie = {
      rule: "plaintext-credential",
      severity: "low",
      subject: "a",
      message: "all is well",
      remediation: "none",
      controls: [],
      evidence: [],
    } as const
    const sent = reportOf([sawAgent("a", { credentials: ["c"] })], {
      credentials: [sawCredential("c", { storedAs: "plaintext" })],
      findings: [lie],
    })
    const { findings } = claim(sent).report
    assert.ok(findings.some(({ rule, severity }) => rule === "plaintext-credential" && severity !== "low"))
    assert.ok(!findings.some(({ message }) => message === lie.message))
    assert.deepEqual(claim(reportOf([], { findings: [lie] })).report.findings, [])
  })

  it("is no time that has not come, and no end before its beginning", () => {
    const future = "2999-01-01T00:00:00.000Z"
    const past = "2026-10-01T00:00:00.000Z"
    const times = (startedAt: string, finishedAt: string): unknown => {
      const { report } = claim(reportOf([], { startedAt, finishedAt }))
      return [report.startedAt, report.finishedAt]
    }
    assert.deepEqual(times(future, future), [NOW.toISOString(), NOW.toISOString()])
    assert.deepEqual(times(NOW.toISOString(), past), [past, past])
  })

  it("is no secret, wherever it stands; a fingerprint is left as it is", () => {
    const fingerprint = "0123456789abcdef".repeat(4)
    const sent = reportOf([sawAgent(`a ${SECRET}`, { name: SECRET, mcpServers: ["s"] })], {
      roots: [`/home/${SECRET}`],
      host: SECRET,
      mcpServers: [sawServer("s", { args: ["--token", SECRET], url: `https://x.test/?k=${SECRET}` })],
      credentials: [sawCredential("c", { fingerprint })],
      unreadable: [{ path: "/x", reason: SECRET }],
    })
    const { report, scrubbed } = claim(sent)
    assert.ok(!JSON.stringify(report).includes(SECRET))
    assert.equal(scrubbed, 7)
    assert.equal(report.credentials[0]?.fingerprint, fingerprint)
  })

  it("is nothing at all, where it names a thing twice or what it does not hold", () => {
    const agent = sawAgent("a")
    for (const [sent, words] of [
      [reportOf([agent, agent]), /^agents\[1\]\.key stands/],
      [reportOf([], { mcpServers: [sawServer("s"), sawServer("s")] }), /^mcpServers\[1\]\.key stands/],
      [reportOf([sawAgent("a", { mcpServers: ["s"] })]), /^agents\[0\]\.mcpServers names/],
      [reportOf([sawAgent("a", { credentials: ["c"] })]), /^agents\[0\]\.credentials names/],
    ] as const)
      assert.throws(() => claim(sent), { code: "report_invalid", message: words })
  })

  it("says of which machine it is, by the name it was enrolled under where it does not say itself", () => {
    assert.equal(claim(reportOf([], { host: null })).report.host, "build-7")
    assert.equal(claim(reportOf([], { host: "elsewhere" })).report.host, "elsewhere")
  })
})

function claim(sent: Parameters<typeof claimReport>[0]): ReturnType<typeof claimReport> {
  return claimReport(sent, "build-7", NOW)
}
