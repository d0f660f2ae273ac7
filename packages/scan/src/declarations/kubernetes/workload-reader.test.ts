import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SourceRead } from "../../sources/source-reader.ts"
import { readDeclared, valuesOf } from "../read-declared.fixture.ts"
import { workloadReader } from "./workload-reader.ts"

describe("a workload", () => {
  const pod = (image: string, indent: string): string =>
    `${indent}containers:\n${indent}- name: main\n${indent}  image: ${image}\n${indent}  securityContext: {privileged: true}\n`
  const deployment = (image: string): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: helper}\nspec:\n  template:\n    spec:\n${pod(image, "      ")}`

  it("that runs an agent's image is an agent", async () => {
    const { agents } = await read(deployment("ghcr.io/openclaw/openclaw:2026.1"))
    assert.deepEqual(
      agents.map(({ name, what }) => [name, what]),
      [["helper", "Deployment runs OpenClaw"]],
    )
    assert.deepEqual(valuesOf(agents[0], "declared.container"), ["privileged"])
  })

  it("is seen as a pod, and on its schedule", async () => {
    const image = "docker.io/robustadev/holmes:1"
    const single = `apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec:\n${pod(image, "  ")}`
    const timed = `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: two}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n${pod(image, "          ")}`
    assert.deepEqual(
      (await read(`${single}---\n${timed}`)).agents.map(({ name }) => name),
      ["one", "two"],
    )
  })

  it("that runs the image of an MCP server is a server", async () => {
    const { agents, servers } = await read(deployment("mcp/grafana:1.4"))
    assert.deepEqual([agents.length, servers[0]?.name, servers[0]?.catalogue], [0, "main", "grafana"])
  })

  it("that runs anything else, or only names such an image, is neither", async () => {
    const nothing = [deployment("nginx:1"), deployment("example.test/mcp/grafana-docs:1")]
    const named = "apiVersion: v1\nkind: ConfigMap\ndata: {image: ghcr.io/openclaw/openclaw}\n"
    for (const text of [...nothing, named]) {
      const { agents, servers } = await read(text)
      assert.deepEqual([agents.length, servers.length], [0, 0])
    }
  })
})

function read(text: string): Promise<SourceRead> {
  return readDeclared(workloadReader, "/repo/deploy/app.yaml", text)
}
