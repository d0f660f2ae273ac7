import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { sampleReport } from "./fixtures/sample-report.ts"
import { sarifOf } from "./sarif.ts"

const MCP_JSON = "/home/ada/work/.mcp.json"

describe("a report as SARIF", () => {
  it("is one run of version 2.1.0, whose results name their rules by index", () => {
    const log = sarifOf(sampleReport())
    const [run] = log.runs
    assert.equal(log.version, "2.1.0")
    assert.equal(run.tool.driver.name, "Tabard")
    assert.deepEqual(
      run.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      ["plaintext-credential error", "unrestricted-autonomy error", "unpinned-mcp-server warning"],
    )
    for (const { ruleId, ruleIndex } of run.results)
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId)
  })

  it("gives each rule help, a rank for code scanning, and its controls as tags", () => {
    const [rule] = sarifOf(sampleReport()).runs[0].tool.driver.rules
    assert.equal(rule?.name, "PlaintextCredential")
    assert.equal(rule?.shortDescription.text, "Credential in plain text")
    assert.match(rule?.help.text ?? "", /^Replace it at its provider.*SP800-53r5:IA-5\(7\)/)
    assert.deepEqual(rule?.properties, {
      tags: ["security", "ai-agent", "OWASP-NHI-2025:NHI2:2025", "SP800-53r5:IA-5(7)", "SP800-53r5:IA-5(6)"],
      "security-severity": "9.5",
    })
  })

  it("tells places below the deepest root, with the line where it is known", () => {
    const [run] = sarifOf(sampleReport()).runs
    assert.deepEqual(run.originalUriBaseIds, {
      ROOT1: { uri: "file:///home/ada/" },
      ROOT2: { uri: "file:///home/ada/work/" },
    })
    assert.deepEqual(run.results[0]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: ".mcp.json", uriBaseId: "ROOT2" },
          region: { startLine: 12 },
        },
      },
    ])
  })

  it("places a finding whose evidence is in no file where its subject was seen, at the first line", () => {
    const [run] = sarifOf(sampleReport()).runs
    assert.deepEqual(run.results[1]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: ".cursor/settings.json", uriBaseId: "ROOT1" },
          region: { startLine: 1 },
        },
      },
    ])
  })

  it("gives a finding the same fingerprint in another checkout, on another line, with another key of the machine", () => {
    const [finding] = sampleReport().findings
    assert.ok(finding)
    const moved = sampleReport({
      roots: ["/ci/home", "/ci/build"],
      credentials: sampleReport().credentials.map((each) => ({ ...each, key: `other ${each.key}` })),
      findings: [
        {
          ...finding,
          subject: `other ${finding.subject}`,
          evidence: [{ path: "/ci/build/.mcp.json", line: 99, what: "" }],
        },
      ],
    })
    assert.equal(fingerprints(moved)[0], fingerprints(sampleReport())[0])
  })

  it("tells apart two credentials of one kind in one file", () => {
    const [finding] = sampleReport().findings
    assert.ok(finding)
    const again = { ...finding, evidence: [{ path: MCP_JSON, line: 40, what: "" }] }
    const [one, two] = fingerprints(sampleReport({ findings: [finding, again] }))
    assert.notEqual(one, two)
  })

  it("makes no link of brackets in a name", () => {
    const [finding] = sampleReport().findings
    assert.ok(finding)
    const log = sarifOf(
      sampleReport({ findings: [{ ...finding, message: "[click](https://evil.example)" }] }),
    )
    assert.match(log.runs[0].results[0]?.message.text ?? "", /^\\\[click\\\]\(https/)
  })

  it("says what could not be read, for there may be more to find", () => {
    const [notification] = sarifOf(sampleReport()).runs[0].invocations[0].toolExecutionNotifications
    assert.equal(notification?.message.text, "Not read: permission denied")
    assert.equal(notification?.locations[0]?.physicalLocation.artifactLocation.uri, "locked")
  })

  it("writes the paths of Windows as addresses", () => {
    const [finding] = sampleReport().findings
    assert.ok(finding)
    const path = "C:\\Users\\Ada Lovelace\\.mcp.json"
    const report = sampleReport({
      roots: ["C:\\Users\\Ada Lovelace"],
      findings: [
        {
          ...finding,
          evidence: [
            { path, line: 1, what: "" },
            { path: "D:\\a#b", line: null, what: "" },
          ],
        },
      ],
    })
    const [run] = sarifOf(report).runs
    assert.equal(run.originalUriBaseIds["ROOT1"]?.uri, "file:///C%3A/Users/Ada%20Lovelace/")
    assert.deepEqual(
      run.results[0]?.locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri),
      [".mcp.json", "file:///D%3A/a%23b"],
    )
  })
})

function fingerprints(report: Parameters<typeof sarifOf>[0]): readonly (string | undefined)[] {
  return sarifOf(report).runs[0].results.map(
    ({ partialFingerprints }) => partialFingerprints["tabardPlace/v1"],
  )
}
