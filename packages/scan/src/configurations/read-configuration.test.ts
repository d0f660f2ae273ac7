import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Secret } from "@tabard/core"
import * as fc from "fast-check"
import { fingerprintUnder } from "../credentials/fingerprint.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { DEFAULT_LIMITS } from "../limits.ts"
import { recogniser } from "../places/recognise.ts"
import type { Observation, ServerSighting } from "./observation.ts"
import { readConfiguration } from "./read-configuration.ts"

const pack = loadKnowledge()
const context = { pack, fingerprint: fingerprintUnder(new Secret("f".repeat(32))), limits: DEFAULT_LIMITS }
const recognise = recogniser(pack)

describe("reading a configuration", () => {
  it("takes comments, trailing commas, a byte order mark and an empty file", () => {
    assert.equal(
      serversIn(
        ".vscode/mcp.json",
        '\uFEFF{ // one\n "servers": {"a": {"url": "https://x.test"}, /* b */ },}',
      ).length,
      1,
    )
    assert.deepEqual(serversIn(".mcp.json", ""), [])
  })

  const spellings: Readonly<Record<string, object>> = {
    mcpServers: { mcpServers: { a: { command: "x" } } },
    "mcp_servers in JSON": { mcp_servers: { a: { command: "x" } } },
    "a bare map": { a: { command: "x" } },
    "VS Code's servers": { servers: { a: { command: "x" } } },
    "a list with names": { mcpServers: [{ name: "a", command: "x" }] },
    "a command as a list": { mcpServers: { a: { command: ["x", "y"] } } },
    "a command called cmd": { mcpServers: { a: { cmd: "x" } } },
    "a comment among them": { mcpServers: { _comment: { command: "no" }, "//": "no", a: { command: "x" } } },
  }
  for (const [what, file] of Object.entries(spellings)) {
    it(`finds a server in ${what}`, () => {
      const servers = serversIn(".mcp.json", JSON.stringify(file))
      assert.deepEqual(
        servers.map(({ name, command }) => [name, command]),
        [["a", "x"]],
      )
    })
  }

  it("finds servers that were put into the settings of Claude Code, of a container and of a workspace", () => {
    const map = { a: { command: "x" } }
    assert.equal(serversIn(".claude/settings.json", JSON.stringify({ mcpServers: map })).length, 1)
    const container = { customizations: { vscode: { mcp: { servers: map } } } }
    assert.equal(serversIn(".devcontainer/devcontainer.json", JSON.stringify(container)).length, 1)
    assert.equal(
      serversIn("x.code-workspace", JSON.stringify({ settings: { mcp: { servers: map } } })).length,
      1,
    )
  })

  it("takes no other map of a settings file for servers", () => {
    assert.deepEqual(
      serversIn(
        ".claude/settings.json",
        JSON.stringify({ hooks: { a: { command: "x" } }, servers: { b: { command: "y" } } }),
      ),
      [],
    )
  })

  it("reads an address by each of its names, and the transport it needs", () => {
    const transports = ["url", "httpUrl", "serverUrl", "uri"].map(
      (name) => onlyServer({ [name]: "https://x.test/mcp" }).transport,
    )
    assert.deepEqual(transports, ["http", "http", "http", "http"])
    assert.equal(onlyServer({ url: "https://x.test/sse" }).transport, "sse")
    assert.equal(onlyServer({ url: "wss://x.test" }).transport, "ws")
    assert.equal(onlyServer({ type: "streamable-http", url: "https://x.test/sse" }).transport, "http")
    assert.equal(onlyServer({ command: "x" }).transport, "stdio")
  })

  it("tells a server that is switched off, or that starts nothing, from one that runs", () => {
    assert.equal(onlyServer({ command: "x", disabled: true }).enabled, false)
    assert.equal(onlyServer({ command: "x", enabled: false }).enabled, false)
    assert.equal(onlyServer({ command: "" }).enabled, false)
    assert.equal(onlyServer({ command: "x", disabled: false }).enabled, true)
  })

  it("sees through a bridge to the server behind it", () => {
    const bridged = onlyServer({
      command: "npx",
      args: ["-y", "mcp-remote@0.1.2", "https://mcp.linear.app/sse"],
    })
    assert.equal(bridged.catalogue, "linear")
    assert.deepEqual(bridged.flags, ["bridge"])
  })

  it("says what is risky in how a server is set up", () => {
    assert.deepEqual(onlyServer({ command: "fs", args: ["/home/ada"] }).flags, ["home-or-root"])
    assert.deepEqual(onlyServer({ command: "x", autoApprove: ["write"] }).flags, ["auto-approved"])
    assert.deepEqual(onlyServer({ url: "http://mcp.test/mcp" }).flags, ["plain-http"])
    assert.deepEqual(onlyServer({ command: "docker", args: ["run", "--network", "host", "mcp/b:1"] }).flags, [
      "host-network",
    ])
    assert.deepEqual(onlyServer({ command: "fs", args: ["/home/ada/notes"], autoApprove: [] }).flags, [])
  })

  it("tells the line where a server stands, in JSON", () => {
    assert.equal(serversIn(".mcp.json", '{\n"mcpServers": {\n  "a": {"command": "x"}}}')[0]?.location.line, 3)
  })

  it("answers for any JSON whatever, and never with a secret that has a shape", () => {
    const token = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")
    const word = fc.constantFrom(
      "mcpServers",
      "servers",
      "command",
      "args",
      "url",
      "env",
      "headers",
      "a",
      "permissions",
      "allow",
      "__proto__",
    )
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        token,
        `--token=${token}`,
        `https://x/${token}?a=${token}`,
        `$(${token})`,
        `\${${token}}`,
      ),
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        text,
        fc.boolean(),
        fc.double(),
        fc.constant(null),
        tie("list"),
        tie("map"),
      ),
      list: fc.array(tie("value"), { maxLength: 4 }),
      map: fc.dictionary(fc.oneof(word, text), tie("value"), { maxKeys: 5 }),
    }))
    const path = fc.constantFrom(
      ".mcp.json",
      ".claude.json",
      ".claude/settings.json",
      ".vscode/settings.json",
      ".cursor/permissions.json",
    )
    fc.assert(
      fc.property(path, value, (where, content) => {
        const observation = observe(where, JSON.stringify(content))
        assert.ok(!JSON.stringify(observation ?? null).includes("aB3dE6gH9jK2"))
      }),
      { numRuns: 1_000 },
    )
  })
})

function observe(path: string, text: string): Observation | undefined {
  const file = recognise(`/p/${path}`, null)
  assert.ok(file, `${path} is known`)
  return readConfiguration(file, text, context).observation
}

function serversIn(path: string, text: string): readonly ServerSighting[] {
  return observe(path, text)?.servers ?? []
}

function onlyServer(fields: object): ServerSighting {
  const [server, ...others] = serversIn(".mcp.json", JSON.stringify({ mcpServers: { a: fields } }))
  assert.ok(server && others.length === 0)
  return server
}
