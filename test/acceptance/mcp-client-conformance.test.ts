import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { lacksTools, requireTool } from "../world/outside-tool.ts"

const PROGRAM = fileURLToPath(new URL("../world/conformance/agent-client.ts", import.meta.url))
const CURRENT = "2026-07-28"

/** Long enough for a machine that is busy with other tests: what fails here fails by what was said, never by the clock. */
const PATIENCE_MS = 300_000

const SHARED_SECRET = "agents hold no secret that a server knows as well: a client proves itself by its key"
const BEFORE_RESOURCES =
  "of a version in which servers did not say who issues their tokens; what is guessed may be another's"

/** Scenarios of authorization that are not for clients of ours, and why. */
const NOT_OURS: Readonly<Record<string, string>> = {
  "auth/token-endpoint-auth-basic": SHARED_SECRET,
  "auth/token-endpoint-auth-post": SHARED_SECRET,
  "auth/pre-registration": SHARED_SECRET,
  "auth/client-credentials-basic": SHARED_SECRET,
  "auth/2025-03-26-oauth-metadata-backcompat": BEFORE_RESOURCES,
  "auth/2025-03-26-oauth-endpoint-fallback": BEFORE_RESOURCES,
}

const skip = lacksTools("conformance")
const scenarios = skip ? [] : await listed()

describe("an agent on our SDK, judged by the conformance suite of MCP", { skip, concurrency: 2 }, () => {
  it("is judged by every scenario of authorization but those that are not for it", () => {
    const names = scenarios.map(({ name }) => name)
    for (const name of [
      "auth/dpop",
      "auth/dpop-nonce",
      "auth/wif-jwt-bearer",
      "auth/enterprise-managed-authorization",
    ])
      assert.ok(names.includes(name), name)
    for (const name of Object.keys(NOT_OURS)) assert.ok(names.includes(name), `${name} is there no more`)
  })

  for (const { name, isCurrent } of scenarios) {
    it(`passes ${name}`, { skip: NOT_OURS[name] ?? false }, async () => {
      const version = isCurrent ? ["--spec-version", CURRENT] : []
      const patience = ["--timeout", String(PATIENCE_MS)]
      const command = ["--command", `${process.execPath} ${PROGRAM}`]
      const told = await said("client", "--scenario", name, ...command, ...version, ...patience)
      assert.match(told, /Passed: [1-9]\d*\/\d+, 0 failed, 0 warnings/, told)
      assert.match(told, /OVERALL: PASSED/, told)
    })
  }
})

interface Scenario {
  readonly name: string
  /** Extensions are of no version. */
  readonly isCurrent: boolean
}

/** Asks the suite which scenarios of authorization it has. */
async function listed(): Promise<readonly Scenario[]> {
  const lines = (await said("list", "--client")).split("\n")
  return lines.flatMap((line) => {
    const [, name, versions = ""] = /- (auth\/\S+) \[(.*)\]/.exec(line) ?? []
    return name ? [{ name, isCurrent: versions.includes(CURRENT) }] : []
  })
}

/** Runs the suite, and answers all that it said, however it ended. */
function said(...args: readonly string[]): Promise<string> {
  return new Promise((resolve) =>
    execFile(requireTool("conformance"), args, { maxBuffer: 2 ** 26 }, (_error, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    ),
  )
}
