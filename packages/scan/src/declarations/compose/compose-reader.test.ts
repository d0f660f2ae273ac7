import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceRead } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { composeReader } from "./compose-reader.ts"

const GATEWAY = `  tools:
    image: docker/mcp-gateway:latest
    command: [--transport=sse, "--servers=duckduckgo,postgres"]
`

describe("an agent in a compose file", () => {
  it("is an image that is one, with what it gets of the machine", async () => {
    const { agents } = await read(`services:
  hands:
    image: docker.all-hands.dev/all-hands-ai/openhands:0.50
    privileged: true
    network_mode: host
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`)
    assert.deepEqual(
      agents.map(({ framework, name, line }) => [framework, name, line]),
      [["docker-compose", "hands", 3]],
    )
    assert.deepEqual(valuesOf(agents[0], "declared.container"), [
      "docker socket",
      "privileged",
      "host network",
    ])
  })

  it("is a service that is given a model and the tools of a gateway", async () => {
    const service = (more: string) =>
      `services:\n  clerk:\n    build: .\n${more}${GATEWAY}models:\n  small: {model: ai/small}\n`
    const { agents, servers } = await read(
      service("    models: [small]\n    environment:\n      - MCP_SERVER_URL=http://tools:8811/sse\n"),
    )
    assert.deepEqual([agents[0]?.name, agents[0]?.confidence], ["clerk", "medium"])
    assert.deepEqual(
      agents[0]?.servers.map(({ name }) => name),
      ["duckduckgo", "postgres"],
    )
    assert.deepEqual(servers, [])
    assert.equal((await read(service("    models: [small]\n    depends_on: [tools]\n"))).agents.length, 1)
    assert.equal((await read(service("    models: [small]\n"))).agents.length, 0)
    assert.equal((await read(service("    depends_on: [tools]\n"))).agents.length, 0)
  })

  it("is not an ordinary service, or one that builds agents", async () => {
    const images = [
      "postgres:16",
      "flowiseai/flowise",
      "n8nio/n8n",
      "langgenius/dify-api",
      "langflowai/langflow",
    ]
    for (const image of images)
      assert.deepEqual((await read(`services:\n  a:\n    image: ${image}\n`)).agents, [], image)
  })

  it("is not in a file of another name, or among tests", async () => {
    const text = "services:\n  a:\n    image: agent0ai/agent-zero\n"
    assert.deepEqual((await readDeclared(composeReader, "/r/values.yaml", text)).agents, [])
    assert.deepEqual((await readDeclared(composeReader, "/r/tests/compose.yaml", text)).agents, [])
  })
})

describe("a server in a compose file", () => {
  it("is one that a gateway is told to start, or the gateway where it is told none", async () => {
    const { servers } = await read(`services:\n${GATEWAY}`)
    assert.deepEqual(
      servers.map(({ name, command, args }) => [name, command, ...args]),
      [
        ["duckduckgo", "docker", "run", "mcp/duckduckgo"],
        ["postgres", "docker", "run", "mcp/postgres"],
      ],
    )
    const bare = await read("services:\n  gate:\n    image: docker/mcp-gateway\n")
    assert.deepEqual(
      bare.servers.map(({ name, flags }) => [name, flags]),
      [["gate", ["bridge"]]],
    )
  })

  it("is an image of one, which keeps its secrets to itself", async () => {
    const secret = `ghp_${"aB3dE6gH9".repeat(4)}`
    const answer = await read(
      `services:\n  issues:\n    image: ghcr.io/github/github-mcp-server:v1.0.0\n    environment:\n      GITHUB_PERSONAL_ACCESS_TOKEN: ${secret}\n`,
    )
    assert.deepEqual(
      answer.servers.map(({ name, catalogue }) => [name, catalogue]),
      [["issues", "github"]],
    )
    assert.equal(answer.credentials[0]?.storedAs, "plaintext")
    assert.ok(!JSON.stringify(answer).includes("aB3dE6gH9"))
  })
})

function read(text: string): Promise<SourceRead> {
  return readDeclared(composeReader, "/repo/compose.yaml", text)
}
