import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { foundIn, scanHome, scanRoot } from "./fixtures/found-in.ts"

/** Put together at run time, so that no other scanner takes them for real. */
const PERSONAL = ["gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"].join("")
const MODEL_KEY = ["sk-", "or-v1-", "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(2)].join("")
const AWS = ["AK", "IA", "Q7Z2M4N6P3R5T2W7"].join("")
const AWS_SESSION = ["AS", "IA", "Q7Z2M4N6P3R5T2W7"].join("")
const STRIPE = ["sk", "_live_", "4eC39HqLyjWDarjtT1zdp7dc9f8e7d"].join("")
const STRIPE_RESTRICTED = ["rk", "_live_", "4eC39HqLyjWDarjtT1zdp7dc9f8e7d"].join("")
const ASKS = { permissions: { defaultMode: "default" } }

describe("a credential in plain text", () => {
  it("is found as gravely as its kind is", async (t) => {
    const report = await scanHome(t, codex(`OPENROUTER_API_KEY = "${MODEL_KEY}"`))
    assert.deepEqual(foundIn(report), ["plaintext-credential high"])
  })

  it("is not what a configuration refers to by variables, inputs and helpers", async (t) => {
    const report = await scanHome(t, {
      ".claude/settings.json": { ...ASKS, apiKeyHelper: "pass show anthropic" },
      ".claude.json": {
        mcpServers: {
          linear: {
            type: "http",
            url: "https://mcp.linear.app/mcp",
            headers: { Authorization: "Bearer ${LINEAR_KEY}" },
          },
        },
      },
    })
    assert.deepEqual(foundIn(report), [])
  })
})

describe("a long-lived static credential", () => {
  it("is a key that its provider could have made to end", async (t) => {
    const report = await scanHome(t, codex(`AWS_ACCESS_KEY_ID = "${AWS}"`))
    assert.deepEqual(foundIn(report), ["long-lived-credential medium", "plaintext-credential critical"])
  })

  it("is not a key that ends within hours", async (t) => {
    const report = await scanHome(t, codex(`AWS_ACCESS_KEY_ID = "${AWS_SESSION}"`))
    assert.deepEqual(foundIn(report), ["plaintext-credential high"])
  })
})

describe("one credential used by several agents", () => {
  it("is found by its fingerprint in the files of two clients", async (t) => {
    const report = await scanHome(t, { ...codex(`KEY = "${MODEL_KEY}"`), ...gemini({ KEY: MODEL_KEY }) })
    const shared = report.findings.filter(({ rule }) => rule === "shared-credential")
    assert.deepEqual(
      shared.map(({ subject, message }) => [subject, message]),
      [[report.credentials[0]?.key, "2 agents use one credential (openrouter): Codex, Gemini CLI."]],
    )
  })

  it("is found in two projects of one client", async (t) => {
    const file = { mcpServers: { a: { command: "./a", env: { KEY: MODEL_KEY } } } }
    const report = await scanRoot(t, { "one/.mcp.json": file, "two/.mcp.json": file })
    assert.ok(foundIn(report).includes("shared-credential medium"))
  })

  it("is found though one of the clients also reads the other's file", async (t) => {
    const server = { command: "./own", env: { KEY: MODEL_KEY } }
    const report = await scanHome(t, {
      ".grok/config.toml": `[mcp_servers.own]\ncommand = "./own"\n[mcp_servers.own.env]\nKEY = "${MODEL_KEY}"\n`,
      ".cursor/mcp.json": { mcpServers: { own: server } },
    })
    const shared = report.findings.find(({ rule }) => rule === "shared-credential")
    assert.match(shared?.message ?? "", /^2 agents .*: Cursor, Grok Build\.$/)
  })

  it("is not one name of a variable that two clients refer to", async (t) => {
    const report = await scanHome(t, {
      ...codex('GITHUB_TOKEN = "$GITHUB_TOKEN"'),
      ...gemini({ GITHUB_TOKEN: "$GITHUB_TOKEN" }),
    })
    assert.deepEqual(foundIn(report), [])
  })

  it("is not one file of servers that a second client reads too", async (t) => {
    const report = await scanHome(t, {
      ".grok/config.toml": "",
      ".cursor/mcp.json": { mcpServers: { a: { command: "./a", env: { KEY: MODEL_KEY } } } },
    })
    assert.ok(!foundIn(report).some((found) => found.startsWith("shared-credential")))
  })
})

describe("an agent under a person's credential", () => {
  it("is one with a personal token", async (t) => {
    const report = await scanHome(t, codex(`GITHUB_TOKEN = "${PERSONAL}"`))
    const found = report.findings.find(({ rule }) => rule === "personal-credential")
    assert.equal(found?.subject, report.agents[0]?.key)
    assert.equal(found?.message, "Codex acts as a person: it holds github-pat-classic.")
  })

  it("is one whose server is given a person's SSH keys", async (t) => {
    const report = await scanHome(t, {
      ".gemini/settings.json": {
        general: { defaultApprovalMode: "default" },
        mcpServers: { deploy: { command: "./deploy", args: ["--identity", "/home/ada/.ssh/id_ed25519"] } },
      },
    })
    assert.deepEqual(foundIn(report), ["personal-credential medium"])
  })

  it("is one that sends the cookies of a person's browser", async (t) => {
    const headers = { Cookie: "theme=dark; session=Q9sW2vY5bE8hK1nR4uX7zA0cD3" }
    const report = await scanHome(t, {
      ".gemini/settings.json": {
        general: { defaultApprovalMode: "default" },
        mcpServers: { wiki: { httpUrl: "https://wiki.acme.internal/mcp", headers } },
      },
    })
    assert.deepEqual(foundIn(report), ["personal-credential medium", "plaintext-credential high"])
    assert.equal(report.credentials[0]?.kind, "session-cookie")
  })

  it("is not one that sends a setting as a cookie", async (t) => {
    const servers = {
      wiki: { httpUrl: "https://wiki.acme.internal/mcp", headers: { Cookie: "theme=dark; lang=en" } },
    }
    const general = { defaultApprovalMode: "default" }
    assert.deepEqual(
      foundIn(await scanHome(t, { ".gemini/settings.json": { general, mcpServers: servers } })),
      [],
    )
  })

  it("is not one with a bot's token", async (t) => {
    const bot = ["xox", "b-", "314159265358-271828182845-qGeXtLuVoBaMdPgThKnZxCwB"].join("")
    const report = await scanHome(t, codex(`SLACK_BOT_TOKEN = "${bot}"`))
    assert.deepEqual(foundIn(report), ["long-lived-credential medium", "plaintext-credential high"])
  })
})

describe("an administrator's or wildcard scope", () => {
  it("is a key to a whole account", async (t) => {
    const report = await scanHome(t, codex(`STRIPE_SECRET_KEY = "${STRIPE}"`))
    assert.deepEqual(foundIn(report), ["administrator-scope high", "plaintext-credential critical"])
  })

  it("is what a server is told to ask for", async (t) => {
    const report = await scanHome(t, {
      ".gemini/settings.json": {
        general: { defaultApprovalMode: "default" },
        mcpServers: {
          cloud: {
            command: "./cloud-mcp",
            args: ["--scopes", "https://www.googleapis.com/auth/cloud-platform"],
          },
        },
      },
    })
    assert.deepEqual(foundIn(report), ["administrator-scope high"])
  })

  it("is not a restricted key, nor a named scope", async (t) => {
    const report = await scanHome(t, {
      ...codex(`STRIPE_SECRET_KEY = "${STRIPE_RESTRICTED}"`),
      ".gemini/settings.json": {
        general: { defaultApprovalMode: "default" },
        mcpServers: { mail: { command: "./mail-mcp", args: ["--scopes", "mail.readonly"] } },
      },
    })
    assert.deepEqual(foundIn(report), ["plaintext-credential high"])
  })
})

describe("a stale configuration that still holds credentials", () => {
  it("is one of a client that is no more", async (t) => {
    const report = await scanRoot(t, {
      ".roo/mcp.json": { mcpServers: { a: { command: "./a", env: { KEY: MODEL_KEY } } } },
    })
    assert.deepEqual(foundIn(report), ["plaintext-credential high", "stale-configuration medium"])
  })

  it("is not one without, nor one of a client in use", async (t) => {
    const file = { mcpServers: { a: { command: "./a" } } }
    assert.deepEqual(foundIn(await scanRoot(t, { ".roo/mcp.json": file, ".mcp.json": file })), [])
  })
})

function codex(variable: string): Readonly<Record<string, string>> {
  const settings = 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"\n'
  return {
    ".codex/config.toml": `${settings}[mcp_servers.own]\ncommand = "./own"\n[mcp_servers.own.env]\n${variable}\n`,
  }
}

function gemini(env: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const general = { defaultApprovalMode: "default" }
  return { ".gemini/settings.json": { general, mcpServers: { own: { command: "./own", env } } } }
}
