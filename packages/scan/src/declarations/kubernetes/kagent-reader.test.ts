import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceRead } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { kagentReader } from "./kagent-reader.ts"

describe("an agent of kagent", () => {
  for (const [kind, version] of [
    ["Agent", "v1alpha1"],
    ["Agent", "v1alpha2"],
    ["SandboxAgent", "v1alpha3"],
    ["AgentHarness", "v1alpha3"],
  ]) {
    it(`is seen as ${kind} of ${version}`, async () => {
      const { agents } = await read(
        `apiVersion: kagent.dev/${version}\nkind: ${kind}\nmetadata:\n  name: nurse\n`,
      )
      assert.deepEqual(
        agents.map(({ framework, name, line }) => [framework, name, line]),
        [["kagent", "nurse", 2]],
      )
    })
  }

  it("tells its tools, which of them ask, and the agents it hands work to", async () => {
    const { agents } = await read(
      agent(`    tools:
    - mcpServer: {name: cluster, kind: RemoteMCPServer, toolNames: [get, delete], requireApproval: [delete]}
    - mcpServer: {name: docs, kind: RemoteMCPServer}
    - type: Agent
      agent: {name: helper}`),
    )
    assert.deepEqual(valuesOf(agents[0], "declared.tools"), ["get, delete, all of docs"])
    assert.deepEqual(valuesOf(agents[0], "declared.approval"), ["required for delete"])
    assert.deepEqual(valuesOf(agents[0], "declared.agents"), ["helper"])
    assert.equal(agents[0]?.level, "partial")
  })

  it("is restricted where every tool asks, and says nothing where none is told to", async () => {
    const asking = agent("    tools:\n    - mcpServer: {name: c, toolNames: [x], requireApproval: [x]}")
    assert.equal((await read(asking)).agents[0]?.level, "restricted")
    assert.equal((await read(agent("    stream: true"))).agents[0]?.level, "not_stated")
    assert.equal((await read(agent("    executeCodeBlocks: true"))).agents[0]?.level, "broad")
  })

  it("is given the servers of its file that it uses; the others stand for themselves", async () => {
    const text = [
      agent("    tools:\n    - mcpServer: {name: near, toolNames: [x]}"),
      remote("near", "http://near:8080/mcp"),
      remote("far", "https://far.test/mcp"),
    ].join("---\n")
    const { agents, servers } = await read(text)
    assert.deepEqual(
      agents[0]?.servers.map(({ name, url }) => [name, url]),
      [["near", "http://near:8080/mcp"]],
    )
    assert.deepEqual(
      servers.map(({ name }) => name),
      ["far"],
    )
  })

  it("is read from a list, and from a chart's template that is not filled in", async () => {
    const inList =
      "apiVersion: v1\nkind: List\nitems:\n- apiVersion: kagent.dev/v1alpha2\n  kind: Agent\n  metadata: {name: one}\n"
    assert.equal((await read(inList)).agents[0]?.name, "one")
    const template = `{{- if .Values.on }}\napiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata:\n  name: {{ .Values.agentName }}\n{{- end }}\n`
    const { agents } = await read(template)
    assert.deepEqual(
      agents.map(({ name, line }) => [name, line]),
      [["agentName", 3]],
    )
  })

  it("is not a definition of such resources, a resource of somebody else, or an example in documents", async () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: agents.kagent.dev\nspec:\n  names: {kind: Agent}\n`
    assert.deepEqual((await read(crd)).agents, [])
    assert.deepEqual((await read("apiVersion: jenkins.io/v1\nkind: Agent\nmetadata: {name: x}\n")).agents, [])
    const text = agent("    stream: true")
    assert.deepEqual((await readDeclared(kagentReader, "/r/docs/agent.yaml", text)).agents, [])
  })
})

describe("a server of kagent", () => {
  it("is remote, deployed, or configured", async () => {
    const deployed = `apiVersion: kagent.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: c7}\nspec:\n  deployment:\n    cmd: npx\n    args: [-y, "@upstash/context7-mcp@1.0.0"]\n`
    const image = `apiVersion: kagent.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: pic}\nspec:\n  deployment:\n    image: mcp/grafana:1.4\n`
    const configured = `apiVersion: kagent.dev/v1alpha1\nkind: ToolServer\nmetadata: {name: t}\nspec:\n  config:\n    stdio: {command: uvx, args: [mcp-server-time]}\n`
    const { servers } = await read(
      [remote("r", "https://r.test/mcp", "SSE"), deployed, image, configured].join("---\n"),
    )
    assert.deepEqual(
      servers.map(({ name, transport, command, url }) => [name, transport, command, url]),
      [
        ["r", "sse", null, "https://r.test/mcp"],
        ["c7", "stdio", "npx", null],
        ["pic", "stdio", "docker", null],
        ["t", "stdio", "uvx", null],
      ],
    )
    assert.equal(servers[2]?.catalogue, "grafana")
  })

  it("hides a secret that is told with its name wherever else it stands without one", async () => {
    const text = `apiVersion: kagent.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: db}\nspec:\n  deployment:\n    cmd: npx\n    args: [db-server, correct-horse]\n    env: {DB_PASSWORD: correct-horse}\n`
    const { servers } = await read(text)
    assert.deepEqual(servers[0]?.args, ["db-server", "[secret]"])
  })

  it("keeps a secret of its environment to itself, and tells one that the cluster holds", async () => {
    const secret = `ghp_${"aB3dE6gH9".repeat(4)}`
    const text = `apiVersion: kagent.dev/v1alpha1\nkind: MCPServer\nmetadata: {name: gh}\nspec:\n  deployment:\n    cmd: npx\n    env: {GITHUB_TOKEN: ${secret}}\n    secretRefs: [{name: vault}]\n`
    const answer = await read(text)
    assert.deepEqual(answer.credentials.map(({ storedAs }) => storedAs).toSorted(), ["helper", "plaintext"])
    assert.ok(!JSON.stringify(answer).includes("aB3dE6gH9"))
  })
})

function read(text: string): Promise<SourceRead> {
  return readDeclared(kagentReader, "/repo/deploy/agents.yaml", text)
}

function agent(declarative: string): string {
  return `apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata:\n  name: nurse\nspec:\n  type: Declarative\n  declarative:\n${declarative}\n`
}

function remote(name: string, url: string, protocol = "STREAMABLE_HTTP"): string {
  return `apiVersion: kagent.dev/v1alpha2\nkind: RemoteMCPServer\nmetadata:\n  name: ${name}\nspec:\n  url: ${url}\n  protocol: ${protocol}\n`
}
