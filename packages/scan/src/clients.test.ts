import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport } from "./report.ts"
import { silentReporter } from "./reporter.ts"
import { type ScanOptions, scan } from "./scan.ts"

const TOKEN = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")

/** Each way in which a client writes down the server `a`, which is `npx a@1.0.0` or an address. */
const SHAPES: readonly (readonly [client: string, path: string, text: string])[] = [
  ["opencode", "opencode.json", '{"mcp":{"a":{"type":"local","command":["npx","a@1.0.0"]}}}'],
  [
    "opencode",
    ".opencode/opencode.json",
    '{"mcp":{"servers":{"a":{"type":"remote","url":"https://a.test"}}}}',
  ],
  ["kilo-code", "kilo.jsonc", '{"mcp":{"a":{"type":"local","command":["npx","a@1.0.0"],}}}'],
  [
    "goose",
    ".config/goose/config.yaml",
    "extensions:\n  a:\n    type: stdio\n    cmd: npx\n    args: [a@1.0.0]\n",
  ],
  [
    "goose",
    ".config/goose/config.yaml",
    "extensions:\n  a: {type: sse, uri: 'https://a.test'}\n  b: {type: builtin}\n",
  ],
  ["zed", ".zed/settings.json", '{// mine\n"context_servers":{"a":{"command":"npx","args":["a@1.0.0"]}}}'],
  ["zed", "zed/settings.json", '{"context_servers":{"a":{"command":{"path":"npx","args":["a@1.0.0"]}}}}'],
  ["continue", ".continue/config.yaml", "mcpServers:\n  - name: a\n    command: npx\n    args: [a@1.0.0]\n"],
  ["amp", ".amp/settings.json", '{"amp.mcpServers":{"a":{"command":"npx","args":["a@1.0.0"]}}}'],
  ["crush", "crush.json", '{"mcp":{"a":{"type":"http","url":"https://a.test"}}}'],
  ["mistral-vibe", ".vibe/config.toml", '[[mcp_servers]]\nname="a"\ncommand="npx"\nargs=["a@1.0.0"]\n'],
  ["openhands", "config.toml", '[mcp]\nstdio_servers=[{name="a",command="npx",args=["a@1.0.0"]}]\n'],
  ["hermes-agent", ".hermes/config.yaml", "mcp_servers:\n  a: {command: npx, args: [a@1.0.0]}\n"],
  ["grok-build", ".grok/config.toml", '[mcp_servers.a]\nurl="https://a.test"\n'],
  ["augment", ".augment/settings.json", '{"mcpServers":[{"name":"a","command":"npx","args":["a@1.0.0"]}]}'],
  ["windsurf", ".codeium/windsurf/mcp_config.json", '{"mcpServers":{"a":{"serverUrl":"https://a.test"}}}'],
  ["copilot-cli", ".github/mcp.json", '{"a":{"command":"npx","args":["a@1.0.0"]}}'],
  ["openclaw", ".openclaw/openclaw.json", '{"mcp":{"servers":{"a":{"command":"npx","args":["a@1.0.0"]}}}}'],
  ["fx", ".fx/mcp.json", '{"mcp":{"a":{"type":"local","command":["npx","a@1.0.0"]}}}'],
]

describe("a client's own way of naming servers", () => {
  for (const [client, path, text] of SHAPES) {
    it(`is understood: ${client} in ${path}: ${text.split("\n")[0]}`, async (t) => {
      const report = await read(t, { [path]: text })
      assert.deepEqual(
        report.agents.map((agent) => agent.client),
        [client],
      )
      const [server, ...others] = report.mcpServers
      assert.equal(others.length, 0)
      assert.equal(server?.name, "a")
      assert.equal(
        server?.url?.replace(/\/$/, "") ?? [server?.command, ...(server?.args ?? [])].join(" "),
        server?.url ? "https://a.test" : "npx a@1.0.0",
      )
    })
  }

  it("is not seen in a file of another program that has the same name", async (t) => {
    const report = await read(t, { "config.toml": '[mcp_servers.a]\ncommand="x"\n[server]\nport=1\n' })
    assert.deepEqual([report.agents, report.mcpServers], [[], []])
  })
})

describe("agents that a client runs beside its own", () => {
  const file = {
    mcp: { a: { command: ["npx", "a@1.0.0"] } },
    agent: { plan: { permission: { bash: "deny" } }, build: {} },
  }

  it("are told by name, each with its own autonomy, else with the client's", async (t) => {
    const { agents } = await read(t, { "opencode.json": JSON.stringify(file) })
    const levels = Object.fromEntries(agents.map(({ name, autonomy }) => [name, autonomy.level]))
    assert.deepEqual(levels, {
      opencode: "client_default_unrestricted",
      "opencode agent build": "client_default_unrestricted",
      "opencode agent plan": "restricted",
    })
  })

  it("act on nothing where the client gives them no tools", async (t) => {
    const idle = { agent: { title: { model: "small" }, summary: {}, compaction: {} } }
    const { agents } = await read(t, { "opencode.json": JSON.stringify(idle) })
    assert.deepEqual(agents.map(({ autonomy }) => autonomy.level).toSorted(), [
      "client_default_unrestricted",
      "none",
      "none",
      "none",
    ])
  })

  it("have the servers of the configuration that names them, and a key of their own", async (t) => {
    const { agents, mcpServers } = await read(t, { "opencode.json": JSON.stringify(file) })
    assert.equal(new Set(agents.map(({ key }) => key)).size, 3)
    assert.ok(agents.every((agent) => agent.mcpServers[0] === mcpServers[0]?.key))
  })

  it("keep a secret in their names or settings to themselves", async (t) => {
    const hostile = { agent: { [TOKEN]: { permission: { bash: { [`curl -H ${TOKEN}`]: "allow" } } } } }
    const report = await read(t, { "opencode.json": JSON.stringify(hostile) })
    assert.equal(report.agents.length, 2)
    assert.ok(!JSON.stringify(report).includes("aB3dE6gH9jK2"))
  })
})

/** A file of each client that keeps a key beside its servers; the value stands for any key without a known shape. */
const HELD: readonly (readonly [path: string, text: (value: string) => string])[] = [
  [".aider.conf.yml", (value) => `openai-api-key: ${value}\n`],
  [".aider.conf.yml", (value) => `api-key:\n  - gemini=${value}\n`],
  [".aider.conf.yml", (value) => `set-env:\n  - OTHER_API_KEY=${value}\n`],
  [".continue/config.yaml", (value) => `models:\n  - name: m\n    apiKey: ${value}\n`],
  ["crush.json", (value) => JSON.stringify({ providers: { p: { api_key: value } } })],
  ["opencode.json", (value) => JSON.stringify({ provider: { p: { options: { apiKey: value } } } })],
  [".openclaw/openclaw.json", (value) => `{gateway: {auth: {token: '${value}'}}}`],
  [".hermes/config.yaml", (value) => `auxiliary:\n  vision:\n    api_key: ${value}\n`],
  [".factory/settings.json", (value) => JSON.stringify({ customModels: [{ apiKey: value }] })],
  [".config/goose/config.yaml", (value) => `extensions:\n  a:\n    cmd: x\n    envs: {A_TOKEN: ${value}}\n`],
  [
    "opencode.json",
    (value) => JSON.stringify({ mcp: { a: { command: ["x"], environment: { A_TOKEN: value } } } }),
  ],
  [
    ".zed/settings.json",
    (value) => JSON.stringify({ context_servers: { a: { command: "x", env: { A_TOKEN: value } } } }),
  ],
]

describe("a key that a configuration holds", () => {
  const value = ["q7Wn2xRk", "9TzLb4Vd", "6HsJc1Yp", "3MfGe8Ua"].join("")
  for (const [path, text] of HELD) {
    it(`is seen, and its bytes are not told: ${text("…").replaceAll(/\s+/g, " ")}`, async (t) => {
      const report = await read(t, { [path]: text(value) })
      assert.deepEqual(
        report.credentials.map(({ storedAs }) => storedAs),
        ["plaintext"],
      )
      assert.ok(!JSON.stringify(report).includes(value.slice(0, 8)))
    })

    it(`is none where a variable or a placeholder stands for it: ${text("…").replaceAll(/\s+/g, " ")}`, async (t) => {
      for (const other of ["YOUR_API_KEY_HERE", "sk-1234567890abcdef", "REDACTED", "$OTHER_KEY"]) {
        const report = await read(t, { [path]: text(other) })
        assert.deepEqual(
          report.credentials.filter(({ storedAs }) => storedAs === "plaintext"),
          [],
          other,
        )
      }
    })
  }

  for (const reference of [
    "{env:A_KEY}",
    "{file:~/key}",
    "${{ secrets.A_KEY }}",
    "$(pass show a)",
    "op://vault/a/b",
    "env:A_KEY",
    "process.env.A_KEY",
    "os.environ/A_KEY",
  ]) {
    it(`is a reference, not a key, where it says ${reference}`, async (t) => {
      const report = await read(t, {
        "opencode.json": JSON.stringify({ provider: { p: { options: { apiKey: reference } } } }),
      })
      assert.ok(report.credentials.every(({ storedAs }) => storedAs !== "plaintext"))
    })
  }
})

describe("what a client left behind", () => {
  it("is told as stale, and to be put right where it holds a credential", async (t) => {
    const clean = await read(t, { ".roo/mcp.json": '{"mcpServers":{"a":{"command":"x"}}}' })
    const holding = await read(t, {
      ".kilocode/mcp.json": JSON.stringify({
        mcpServers: { a: { command: "x", env: { GITHUB_TOKEN: TOKEN } } },
      }),
    })
    const stale = [clean, holding].map(({ findings }) =>
      findings.find(({ rule }) => rule === "stale-configuration"),
    )
    assert.deepEqual(
      stale.map((finding) => finding?.severity),
      [undefined, "medium"],
    )
    assert.match(clean.agents[0]?.evidence[0]?.what ?? "", /^stale configuration of Roo Code$/)
  })

  it("is not told of what is in use", async (t) => {
    const report = await read(t, { "kilo.jsonc": '{"mcp":{"a":{"command":["x"]}}}' })
    assert.deepEqual(
      report.findings.map(({ rule }) => rule),
      [],
    )
  })
})

describe("a client that reads another's configuration", () => {
  const shared = {
    ".mcp.json": '{"mcpServers":{"a":{"command":"x"}}}',
    ".claude/settings.json": '{"permissions":{"defaultMode":"bypassPermissions"}}',
  }

  it("has the servers that stand there, and says where they come from", async (t) => {
    const { agents } = await read(t, { ...shared, ".pi/mcp.json": '{"mcpServers":{"b":{"command":"y"}}}' })
    const pi = agents.find(({ client }) => client === "pi")
    assert.equal(pi?.mcpServers.length, 2)
    assert.ok(pi?.evidence.some(({ what }) => what === "configuration of Claude Code, which Pi reads too"))
  })

  it("is not taken to be there because of it", async (t) => {
    const { agents } = await read(t, shared)
    assert.deepEqual(
      agents.map(({ client }) => client),
      ["claude-code"],
    )
  })

  it("does not take over what the other is allowed", async (t) => {
    const { agents } = await read(t, { ...shared, ".junie/mcp.json": "{}", ".air/mcp.json": "{}" })
    const air = agents.find(({ client }) => client === "jetbrains-air")
    assert.equal(air?.autonomy.level, "not_stated")
    assert.equal(air?.mcpServers.length, 1)
    assert.equal(agents.find(({ client }) => client === "junie")?.mcpServers.length, 0)
  })
})

describe("a home directory whose folders were moved", () => {
  it("is read where its variables say", async (t) => {
    const root = folder(t, { "moved/config.toml": '[mcp_servers.a]\ncommand="x"\n', "home/.keep": "" })
    const report = await run({ home: join(root, "home"), environment: { CODEX_HOME: join(root, "moved") } })
    assert.deepEqual(
      report.mcpServers.map(({ name }) => name),
      ["a"],
    )
  })

  it("is read together with what all users share, if the machine's root is given", async (t) => {
    const managed = { mcpServers: { a: { command: "x" } } }
    const root = folder(t, {
      "home/.keep": "",
      "machine/etc/claude-code/managed-mcp.json": JSON.stringify(managed),
    })
    const report = await run({ home: join(root, "home"), systemRoot: join(root, "machine") })
    assert.equal(report.mcpServers.length, 1)
    assert.equal((await run({ home: join(root, "home") })).mcpServers.length, 0)
  })

  it("is read in places whose names are not known beforehand", async (t) => {
    const servers = '{"mcpServers":{"a":{"command":"x"}}}'
    const home = folder(t, { ".config/JetBrains/IntelliJIdea2026.2/mcp.json": servers })
    const report = await run({ home })
    assert.deepEqual(
      report.agents.map(({ client }) => client),
      ["jetbrains-ai"],
    )
    assert.deepEqual(report.unreadable, [])
  })
})

function read(t: TestContext, files: Readonly<Record<string, string>>): Promise<ScanReport> {
  return run({ roots: [folder(t, files)] })
}

function run(options: Partial<ScanOptions>): Promise<ScanReport> {
  const all = {
    roots: [],
    home: null,
    os: "linux",
    fingerprintKey: new Secret("k".repeat(32)),
    clock: new ManualClock("2026-11-21T00:00:00Z"),
    ...options,
  } as const
  return scan(all, silentReporter, new AbortController().signal)
}

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "tabard-clients-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}
