import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "../documents/document.ts"
import { declarationReaders } from "./declaration-readers.ts"
import { readDeclared } from "./read-declared.fixture.ts"

/** More than any of these texts may take on a slow machine, and far less than a stalled scan. */
const SOON = 60_000

const workflow = (job: string): string => `on: issues\njobs:\n  a:\n${job}`
const run = (script: string): string => workflow(`    steps:\n    - run: ${JSON.stringify(script)}\n`)
const json = (nodes: readonly object[]): string =>
  JSON.stringify({ nodes, connections: { a: { ai_tool: [[{ node: "a" }]] } }, data: { nodes, edges: [] } })

const HOSTILE: Readonly<Record<string, readonly [path: string, text: string]>> = {
  "a script of open quotes": ["w.yml", run(`claude -p ${"'\"`$(".repeat(40_000)}`)],
  "a script of open here-documents": ["w.yml", run("claude -p\ncat << X > a.json\n".repeat(8_000))],
  "substitutions in substitutions": ["w.yml", run(`claude -p ${"$(echo ".repeat(20_000)}`)],
  "a condition of brackets": [
    "w.yml",
    workflow(`    if: ${JSON.stringify("(!".repeat(9_000))}\n    steps: [{uses: openai/codex-action@v1}]\n`),
  ],
  "a list of tools with open brackets": [
    "w.yml",
    workflow(
      `    steps: [{uses: anthropics/claude-code-action@v1, with: {allowed_tools: ${JSON.stringify("a(".repeat(200_000))}}}]\n`,
    ),
  ],
  "very many steps that run agents": [
    "w.yml",
    workflow(`    steps:\n${"    - uses: openai/codex-action@v1\n".repeat(8_000)}`),
  ],
  "jobs that wait for each other": [
    "w.yml",
    `on: issues\njobs:\n  a: {needs: b, steps: [{uses: google-github-actions/run-gemini-cli@v0}]}\n  b: {needs: a, steps: []}\n`,
  ],
  "blank lines before a resource": [
    "k.yaml",
    `${"\n".repeat(300_000)}apiVersion: kagent.dev/v1\nkind: Agent\n`,
  ],
  "very many documents": ["k.yaml", "---\napiVersion: kagent.dev/v1\nkind: Agent\n".repeat(20_000)],
  "very many nodes": [
    "f.json",
    json(Array.from({ length: 15_000 }, () => ({ name: "a", type: "@n8n/n8n-nodes-langchain.agent" }))),
  ],
  "very many wired agents": [
    "f.json",
    json(
      Array.from({ length: 10_000 }, (_, at) => ({
        id: `n_${at}`,
        data: { name: "worker", type: "Agent", inputs: { tools: ["{{n_1.x}}"] }, node: { template: {} } },
      })),
    ),
  ],
  "blocks in blocks": ["m.tf", `resource "aws_bedrockagent_agent" "a" {\n${"x {".repeat(300_000)}`],
  "texts in texts": ["m.tf", `resource "aws_bedrockagent_agent" "a" {\n x = ${'"${'.repeat(300_000)}`],
  "very many resources": ["m.bicep", "resource agents 'a/b@1' =\n".repeat(60_000)],
  "aliases of aliases": [
    "compose.yaml",
    `services:\n  a: &a {image: [x,x,x,x,x,x,x,x,x]}\n${"bcdefghij"
      .split("")
      .map((name, at) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[at]}`).join(",")}]`)
      .join("\n")}\n`,
  ],
}

describe("a file that was made to stall a scan", () => {
  for (const [what, [path, text]] of Object.entries(HOSTILE)) {
    it(`is read or refused soon: ${what}`, async () => {
      const start = performance.now()
      for (const reader of declarationReaders) {
        await readDeclared(reader, `/repo/${path}`, text).catch((error: unknown) => {
          assert.ok(error instanceof MalformedDocument, String(error))
        })
      }
      assert.ok(performance.now() - start < SOON)
    })
  }
})

describe("a field that is not what its name says", () => {
  const odd: readonly unknown[] = [null, 7, true, "text", [], {}, [[]], [null], { a: null }]
  for (const value of odd) {
    it(`leaves each reader standing where it is ${JSON.stringify(value)}`, async () => {
      for (const [path, text] of Object.entries(withEach(value)))
        for (const reader of declarationReaders) await readDeclared(reader, `/repo/${path}`, text)
    })
  }
})

/** Files of each kind in which everything that can be odd is. */
function withEach(value: unknown): Readonly<Record<string, string>> {
  const node = {
    id: value,
    name: "a",
    type: "@n8n/n8n-nodes-langchain.agent",
    parameters: value,
    credentials: value,
  }
  const data = { name: "worker", type: "Agent", category: "Agents", label: value, inputs: value, node: value }
  const step = { uses: "openai/codex-action@v1", id: value, name: value, with: value, env: value, if: value }
  const job = {
    steps: [step, { run: value }, value],
    permissions: value,
    needs: value,
    env: value,
    if: value,
  }
  const agent = { apiVersion: "kagent.dev/v1", kind: "Agent", metadata: value, spec: value }
  const server = {
    apiVersion: "kagent.dev/v1",
    kind: "MCPServer",
    metadata: value,
    spec: { deployment: value },
  }
  return {
    "w.yml": JSON.stringify({ on: value, jobs: { a: job, b: value }, permissions: value }),
    ".gitlab-ci.yml": JSON.stringify({ a: { script: value, variables: value, rules: value }, b: value }),
    "k.yaml": JSON.stringify({ apiVersion: "v1", kind: "List", items: [agent, server, value] }),
    "n.json": JSON.stringify({ nodes: [node, value], connections: { a: value }, data: value }),
    "f.json": JSON.stringify({
      nodes: [{ data }, { data: value }],
      data: { nodes: [{ data }], edges: value },
    }),
    "app.yml": JSON.stringify({
      kind: "app",
      app: value,
      workflow: { graph: { nodes: [{ data: { type: "agent" } }] } },
    }),
    "t.yaml": JSON.stringify({
      Resources: { A: { Type: "AWS::Bedrock::Agent", Properties: value }, B: value },
    }),
    "compose.yaml": JSON.stringify({
      services: { a: { image: "docker/mcp-gateway", command: value }, b: value },
    }),
  }
}
