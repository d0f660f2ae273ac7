import assert from "node:assert/strict"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { Secret } from "@tabard/core"
import type { ScanReport } from "../report.ts"
import { silentReporter } from "../reporter.ts"
import { scan } from "../scan.ts"

const SECRET = `ghp_${"aB3dE6gH9".repeat(4)}`
const FILES: Readonly<Record<string, string>> = {
  ".github/workflows/triage.yml": `on: {issues: {types: [opened]}}
jobs:
  triage:
    permissions: {issues: write}
    steps:
      - id: claude
        uses: anthropics/claude-code-action@v1
        with:
          anthropic_api_key: \${{ secrets.ANTHROPIC_API_KEY }}
          allowed_non_write_users: "*"
          mcp_config: '{"mcpServers":{"search":{"command":"npx","args":["-y","tavily-mcp@0.2.1"]}}}'
`,
  "deploy/compose.yaml": `services:
  issues:
    image: ghcr.io/github/github-mcp-server:v1.0.0
    environment:
      GITHUB_PERSONAL_ACCESS_TOKEN: ${SECRET}
`,
  "infra/main.tf": 'resource "aws_bedrockagent_agent" "clerk" {\n  agent_name = "clerk"\n}\n',
  "flows/clerk.json": JSON.stringify({
    nodes: [{ name: "Clerk", type: "@n8n/n8n-nodes-langchain.agent" }],
    connections: {},
  }),
  "package.json": JSON.stringify({ dependencies: { "@anthropic-ai/claude-code": "1.0.0" } }),
  "docs/triage.yml": "on: issues\njobs: {a: {steps: [{uses: openai/codex-action@v1}]}}\n",
}

describe("a scan of a repository in which agents are declared", () => {
  it("answers each of them once, with its servers and credentials, and the same at the next scan", async () => {
    const [first, second] = await scanTwice(FILES)
    assert.deepEqual(
      first.agents.map(({ framework, name, category }) => [framework, name, category]).toSorted(),
      [
        ["bedrock-agents", "clerk", "production"],
        ["claude-code-action", "claude", "production"],
        ["n8n", "Clerk", "production"],
      ],
    )
    assert.deepEqual(first.mcpServers.map(({ name }) => name).toSorted(), ["issues", "search"])
    const ci = first.agents.find(({ name }) => name === "claude")
    assert.deepEqual([ci?.autonomy.level, ci?.mcpServers.length, ci?.credentials.length], ["broad", 1, 1])
    assert.deepEqual(
      second.agents.map(({ key }) => key),
      first.agents.map(({ key }) => key),
    )
  })

  it("answers a secret's fingerprint and no byte of it", async () => {
    const [report] = await scanTwice(FILES)
    const plain = report.credentials.filter(({ storedAs }) => storedAs === "plaintext")
    assert.equal(plain.length, 1)
    assert.ok(plain[0]?.fingerprint)
    assert.ok(!JSON.stringify(report).includes("aB3dE6gH9"))
  })

  it("tells a file that it cannot read, and goes on", async () => {
    const broken = { ...FILES, ".github/workflows/broken.yml": "jobs:\n  a: [\n# claude -p\n" }
    const [report] = await scanTwice(broken)
    assert.deepEqual(
      report.unreadable.map(({ reason }) => reason.startsWith("it is not YAML")),
      [true],
    )
    assert.equal(report.agents.length, 3)
  })
})

async function scanTwice(
  files: Readonly<Record<string, string>>,
): Promise<readonly [ScanReport, ScanReport]> {
  const root = await mkdtemp(join(tmpdir(), "tabard-declared-"))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
    return [await scanOf(root), await scanOf(root)]
  } finally {
    await rm(root, { recursive: true })
  }
}

function scanOf(root: string): Promise<ScanReport> {
  const options = {
    roots: [root],
    home: null,
    os: "linux",
    fingerprintKey: new Secret("a key that only tests use, long enough"),
    clock: { now: () => new Date("2026-01-01T00:00:00Z") },
  } as const
  return scan(options, silentReporter, new AbortController().signal)
}
