import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { inspect } from "node:util"
import { ManualClock, Secret } from "@tabard/core"
import { cyclonedxOf } from "../formats/cyclonedx.ts"
import { htmlOf } from "../formats/html/html-page.ts"
import { sarifOf } from "../formats/sarif.ts"
import type { ScanReport } from "../report.ts"
import { scan } from "../scan.ts"

const BODY =
  "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kL9nM2qR5uX8wA1cD4fG7iJ0lO3pS6tV9yB2eH5kN8rU1xZ4aC7dF0gI3jM6"
/** Of a shape that we have not, so that secretlint alone sees it. */
const VAULT = ["hv", "s.", BODY].join("")
const PERSONAL = ["gh", "p_", BODY.slice(0, 36)].join("")

describe("a secret that secretlint finds", () => {
  it("is told by kind, provider, place and fingerprint, and by no byte in any format", async (t) => {
    const { report, text } = await everythingSaid(t, {
      ".mcp.json": `{\n// once: ${VAULT}\n"mcpServers": {"${VAULT}": {"command": "x", "args": ["${VAULT}", "--at=${VAULT}"]}}}`,
    })
    assert.deepEqual(
      report.credentials.map(({ kind, provider, storedAs, locations }) => [
        kind,
        provider,
        storedAs,
        locations.length,
      ]),
      [["hashicorp-vault", "HashiCorp Vault", "plaintext", 1]],
    )
    assert.match(report.credentials[0]?.fingerprint ?? "", /^[0-9a-f]{64}$/)
    assertSilent(text, VAULT)
  })

  it("and we too is one secret, under the name it has here", async (t) => {
    const { report, text } = await everythingSaid(t, {
      ".mcp.json": { mcpServers: { a: { command: "x", env: { TOKEN: PERSONAL } } } },
    })
    assert.deepEqual(
      report.credentials.map(({ kind, locations }) => [kind, locations.length]),
      [["github-pat-classic", 1]],
    )
    assertSilent(text, PERSONAL)
  })

  it("over many lines is one secret, though a configuration writes their ends as escapes", async (t) => {
    const lines = BODY.repeat(3).match(/.{64}/g) ?? []
    const pem = [
      ["-----BEGIN RSA ", "PRIVATE KEY-----"].join(""),
      "MIIE",
      ...lines,
      "-----END RSA PRIVATE KEY-----",
    ].join("\n")
    const { report, text } = await everythingSaid(t, {
      ".mcp.json": { mcpServers: { a: { command: "x", env: { SIGNING: pem } } } },
    })
    assert.deepEqual(
      report.credentials.map(({ kind }) => kind),
      ["private-key"],
    )
    assertSilent(text, BODY)
  })

  it("is found though a comment asks not to look", async (t) => {
    const { report } = await everythingSaid(t, {
      ".mcp.json": `{\n// secretlint-disable\n"x": "${VAULT}", "mcpServers": {}}`,
    })
    assert.equal(report.credentials.length, 1)
  })
})

interface Said {
  readonly report: ScanReport
  /** Everything that was answered, reported, printed or thrown on the way. */
  readonly text: string
}

async function everythingSaid(t: TestContext, files: Readonly<Record<string, unknown>>): Promise<Said> {
  const root = mkdtempSync(join(tmpdir(), "tabard-linted-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content))
  }
  const heard: unknown[] = []
  const hear = (...said: readonly unknown[]): void => void heard.push(said)
  const streams = [process.stdout, process.stderr].map((stream) => t.mock.method(stream, "write"))
  const options = {
    roots: [root],
    home: null,
    os: "linux",
    fingerprintKey: new Secret("f".repeat(32)),
    clock: new ManualClock("2026-11-21T00:00:00Z"),
  } as const
  const report = await scan(
    options,
    { observed: hear, unreadable: hear, progress: hear },
    new AbortController().signal,
  )
  for (const { mock } of streams) hear(mock.calls.map(({ arguments: said }) => said[0]))
  const formats = [report, sarifOf(report), cyclonedxOf(report), htmlOf(report)].map((format) =>
    JSON.stringify(format),
  )
  return { report, text: formats.join("") + inspect(heard, { depth: null, maxStringLength: null }) }
}

/** Neither the secret nor a telling part of it. */
function assertSilent(text: string, secret: string): void {
  for (let at = 0; at + 12 <= secret.length; at++)
    assert.ok(!text.includes(secret.slice(at, at + 12)), `a part of it was told, from character ${at}`)
}
