import assert from "node:assert/strict"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { inspect } from "node:util"
import { ManualClock, Secret } from "@tabard/core"
import type { ScanReport, SeenCredential } from "./report.ts"
import { scan } from "./scan.ts"

/** Made up here, and put together at run time so that no other scanner takes them for real. */
const CANARIES = {
  github: joined("gh", "p_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6"),
  openrouter: joined("sk-", "or-v1-", "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(2)),
  supabase: joined("sb", "p_", `${"4f9c1e7a0b3d6852".repeat(2)}9e1f0a7b`),
  slack: joined("xox", "b-", "314159265358-271828182845-qGeXtLuVoBaMdPgThKnZxCwB"),
  anthropic: joined("sk-ant-", "oat01-", "Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0Fe".repeat(3)),
  aws: joined("AK", "IA", "Q7Z2M4N6P3R5T2W7"),
  bearer: "h7Jk2mQ9xW4vB6nT1zR8cL3pD5sF0gYa",
  named: "tR4nDom9Value2xK7pQ",
  path: "p4thT0kenQ8w2E5r9T1y6U3i7O",
  password: "hunter2-but-longer",
  jwt: `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${Buffer.from('{"role":"service_role","iss":"x"}').toString("base64url")}.c2lnbmF0dXJlLWNhbmFyeQ`,
  pem: "-----BEGIN PRIVATE KEY-----\nMIICANARYcanaryCANARYcanary0123456789\n-----END PRIVATE KEY-----",
} as const

const PLACES: Readonly<Record<string, (secret: string) => Readonly<Record<string, unknown>>>> = {
  "a variable": (secret) => ({ env: { SERVICE_TOKEN: secret } }),
  "a header": (secret) => ({ headers: { Authorization: `Bearer ${secret}` } }),
  "an argument behind a flag": (secret) => ({ args: ["--api-key", secret] }),
  "an argument behind a name": (secret) => ({ args: ["--user", `ada:${secret}`] }),
  "an argument with a flag": (secret) => ({ args: [`--access-token=${secret}`] }),
  "a variable of a container": (secret) => ({
    command: "docker",
    args: ["run", "-e", `API_TOKEN=${secret}`, "mcp/x"],
  }),
  "a header argument": (secret) => ({
    args: ["mcp-remote", "https://x.test/mcp", "--header", `X-Api-Key: ${secret}`],
  }),
  "a shell line": (secret) => ({ command: "bash", args: ["-c", `TOKEN=${secret} npx x --secret ${secret}`] }),
  "the command itself": (secret) => ({ command: `npx x --token ${secret}`, args: [] }),
  "JSON in a variable": (secret) => ({ env: { OPTIONS: JSON.stringify({ apiKey: secret }) } }),
  "a fallback of a reference": (secret) => ({ env: { API_KEY: `\${API_KEY:-${secret}}` } }),
  "a nested header": (secret) => ({ requestInit: { headers: { Authorization: secret } } }),
}

describe("no byte of a secret leaves a scan", () => {
  const tokens = Object.entries(CANARIES).filter(([kind]) => kind !== "password" && kind !== "pem")
  for (const [place, write] of Object.entries(PLACES)) {
    it(`that stands in ${place}`, async (t) => {
      for (const [kind, secret] of tokens) {
        const said = await everythingSaid(t, { command: "npx", args: ["x"], ...write(secret) })
        assertSilent(said, secret, kind)
        assert.ok(plainOf(said.report).length > 0, `${kind} was not found`)
      }
    })
  }

  const urls: Readonly<Record<string, (secret: string) => string>> = {
    "the path of an address": (secret) => `https://x.test/s/${secret}/mcp`,
    "the query of an address": (secret) => `https://x.test/mcp?api_key=${secret}&v=1`,
    "the user part of an address": (secret) => `https://user:${secret}@x.test/mcp`,
  }
  for (const [place, write] of Object.entries(urls)) {
    it(`that stands in ${place}`, async (t) => {
      for (const secret of [CANARIES.github, CANARIES.path, CANARIES.bearer]) {
        const said = await everythingSaid(t, { url: write(secret) })
        assertSilent(said, secret, place)
        assert.match(said.report.mcpServers[0]?.url ?? "", /x\.test/)
        assert.equal(plainOf(said.report).length, 1)
      }
    })
  }

  it("that a permission list quotes", async (t) => {
    const allow = [
      `Bash(curl -H "Authorization: Bearer ${CANARIES.bearer}" *)`,
      `Bash(export GH=${CANARIES.github})`,
    ]
    const said = await saidOf(t, ".claude/settings.json", JSON.stringify({ permissions: { allow } }))
    for (const secret of [CANARIES.bearer, CANARIES.github]) assertSilent(said, secret, "permission")
    assert.equal(plainOf(said.report).length, 2)
  })

  it("that a setting of a client holds", async (t) => {
    const claude = await saidOf(
      t,
      ".claude/settings.json",
      JSON.stringify({ env: { ANTHROPIC_API_KEY: CANARIES.named } }),
    )
    const codex = await saidOf(
      t,
      ".codex/config.toml",
      `[model_providers.x.http_headers]\nX-Api-Key = "${CANARIES.named}"\n`,
    )
    for (const said of [claude, codex]) {
      assertSilent(said, CANARIES.named, "setting")
      assert.equal(plainOf(said.report).length, 1)
    }
  })

  it("that stands in a file which cannot be parsed", async (t) => {
    const texts = [
      `{"mcpServers": {"x": {"env": {"TOKEN": "${CANARIES.github}" "}}`,
      `{"a": ${CANARIES.github}}`,
    ]
    const json = await Promise.all(texts.map((text) => saidOf(t, ".mcp.json", text)))
    const toml = await saidOf(t, ".codex/config.toml", `token = "${CANARIES.github}\nx = ${CANARIES.github}`)
    for (const said of [...json, toml]) {
      assertSilent(said, CANARIES.github, "broken file")
      assert.equal(said.report.unreadable.length, 1)
    }
  })

  it("that is told a second time without its name", async (t) => {
    const said = await everythingSaid(t, {
      command: "x",
      args: ["--login", CANARIES.password],
      env: { DB_PASSWORD: CANARIES.password },
    })
    assertSilent(said, CANARIES.password, "password")
  })

  it("that is a private key of many lines", async (t) => {
    const said = await everythingSaid(t, {
      command: "x",
      env: { SIGNING: CANARIES.pem },
      args: [CANARIES.pem],
    })
    assertSilent(said, "MIICANARYcanary", "pem")
    assert.equal(plainOf(said.report)[0]?.kind, "private-key")
  })

  it("that is written like the name of a variable", async (t) => {
    const said = await everythingSaid(t, { command: "x", args: ["--token", `\${${CANARIES.github}}`] })
    assertSilent(said, CANARIES.github, "variable")
  })

  it("that is one of more than any real file holds", async (t) => {
    const env = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`A${n}_PASSWORD`, `canary-${n}-password`]),
    )
    const said = await everythingSaid(t, { command: "x", args: ["go", "canary-299-password"], env })
    assertSilent(said, "canary-299-password", "many")
  })

  it("that is the name of a server", async (t) => {
    const text = JSON.stringify({ mcpServers: { [CANARIES.github]: { command: "x" } } })
    assertSilent(await saidOf(t, ".mcp.json", text), CANARIES.github, "name")
  })
})

describe("a credential", () => {
  it("is the same one wherever it stands", async (t) => {
    const env = { TOKEN: CANARIES.github }
    const said = await saidOf(
      t,
      ".mcp.json",
      JSON.stringify({ mcpServers: { a: { command: "a", env }, b: { command: "b", env } } }),
    )
    const [credential, ...others] = plainOf(said.report)
    assert.equal(others.length, 0)
    assert.equal(credential?.kind, "github-pat-classic")
    assert.match(credential?.fingerprint ?? "", /^[0-9a-f]{64}$/)
    assert.ok(
      said.report.findings.some(
        ({ rule, subject }) => rule === "plaintext-credential" && subject === credential?.key,
      ),
    )
  })

  it("has another fingerprint under another key", async (t) => {
    const server = { command: "x", env: { TOKEN: CANARIES.github } }
    const one = plainOf((await everythingSaid(t, server, "a".repeat(32))).report)[0]?.fingerprint
    const two = plainOf((await everythingSaid(t, server, "b".repeat(32))).report)[0]?.fingerprint
    assert.ok(one && two && one !== two)
  })

  it("has no fingerprint where it could be guessed from one", async (t) => {
    const { report } = await everythingSaid(t, { command: "x", env: { DB_PASSWORD: "tuesday7" } })
    assert.deepEqual(
      plainOf(report).map(({ fingerprint }) => fingerprint),
      [null],
    )
  })

  const references: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "an environment variable": { env: { GITHUB_TOKEN: `\${GITHUB_TOKEN}` } },
    "an input": { env: { API_KEY: `\${input:api_key}` } },
    "a variable with a scheme before it": { headers: { Authorization: `Bearer \${env:MY_TOKEN}` } },
    "a variable handed on to a container": { command: "docker", args: ["run", "-e", "API_TOKEN", "mcp/x"] },
    "a variable of Codex": { bearer_token_env_var: "MY_TOKEN" },
  }
  for (const [what, server] of Object.entries(references)) {
    it(`that refers to ${what} is told as a reference`, async (t) => {
      const { report } = await everythingSaid(t, { command: "x", ...server })
      assert.deepEqual(
        report.credentials.map(({ storedAs }) => storedAs),
        ["env-reference"],
      )
      assert.ok(!report.findings.some(({ rule }) => rule === "plaintext-credential"))
    })
  }

  it("brought by a command is told as a helper", async (t) => {
    const { report } = await everythingSaid(t, { url: "https://x.test", headersHelper: "get-headers" })
    assert.deepEqual(
      report.credentials.map(({ storedAs }) => storedAs),
      ["helper"],
    )
  })

  const harmless: readonly string[] = [
    "...",
    "<your token>",
    "your-api-key-here",
    "YOUR_API_KEY_HERE",
    "xxxxxxxxxxxxxxxx",
    "/run/secrets/token",
    "https://example.com/token",
    "true",
    "",
    "development-only",
    joined("p", "hc_", "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6aB3dE6g"),
  ]
  it("is not what only keeps a place, points elsewhere or is public", async (t) => {
    for (const value of harmless) {
      const { report } = await everythingSaid(t, { command: "x", env: { API_TOKEN: value } })
      assert.deepEqual(plainOf(report), [], value)
    }
  })

  it("is not a user and a group", async (t) => {
    for (const user of ["1000:1000", "123456:123456", "www-data:www-data", "node:nogroup"]) {
      const { report } = await everythingSaid(t, {
        command: "docker",
        args: ["run", "--user", user, "mcp/x"],
      })
      assert.deepEqual([plainOf(report), report.mcpServers[0]?.args[2]], [[], user])
    }
  })

  it("is not a version, a digest, a project's name or a default password", async (t) => {
    const args = [
      "run",
      "mcp/x@sha256:3b5d5c3712955042212316173ccf37be800000000000000000000000000000aa",
      "--ref",
      "awslabs-documentation-server-v2",
    ]
    const { report } = await everythingSaid(t, {
      command: "docker",
      args,
      env: { DATABASE_URL: "postgres://postgres:postgres@localhost/x" },
    })
    assert.deepEqual(plainOf(report), [])
    assert.deepEqual(report.mcpServers[0]?.args, args)
  })
})

function joined(...parts: readonly string[]): string {
  return parts.join("")
}

interface Said {
  readonly report: ScanReport
  /** Everything that was answered, reported or thrown on the way. */
  readonly text: string
}

function everythingSaid(
  t: TestContext,
  server: Readonly<Record<string, unknown>>,
  key?: string,
): Promise<Said> {
  return saidOf(t, ".mcp.json", JSON.stringify({ mcpServers: { canary: server } }), key)
}

async function saidOf(t: TestContext, path: string, text: string, key = "f".repeat(32)): Promise<Said> {
  const root = mkdtempSync(join(tmpdir(), "tabard-secrecy-"))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  const heard: unknown[] = []
  const hear = (...said: readonly unknown[]): void => void heard.push(said)
  const options = {
    roots: [root],
    home: null,
    os: "linux",
    fingerprintKey: new Secret(key),
    clock: new ManualClock("2026-11-21T00:00:00Z"),
  } as const
  const report = await scan(
    options,
    { observed: hear, unreadable: hear, progress: hear },
    new AbortController().signal,
  )
  return { report, text: JSON.stringify(report) + inspect(heard, { depth: null, maxStringLength: null }) }
}

/** Neither the secret nor a telling part of it: a run of twelve characters would already narrow it down. */
function assertSilent({ text }: Said, secret: string, what: string): void {
  const length = Math.min(12, secret.length)
  for (let at = 0; at + length <= secret.length; at++) {
    const part = secret.slice(at, at + length)
    assert.ok(
      !text.includes(part),
      `${what}: ${part} was told in ${text.slice(Math.max(0, text.indexOf(part) - 120), text.indexOf(part) + 40)}`,
    )
  }
}

function plainOf({ credentials }: ScanReport): readonly SeenCredential[] {
  return credentials.filter(({ storedAs }) => storedAs === "plaintext")
}
