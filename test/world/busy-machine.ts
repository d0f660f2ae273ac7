import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"

/** A directory with some forty agents of every kind: enough for a page to be judged by. */
export interface BusyMachine extends AsyncDisposable {
  readonly root: string
}

type Client = "claude-code" | "cursor" | "codex" | "gemini-cli" | "vscode-copilot" | "windsurf" | "opencode"
type Freedom = "asks" | "some" | "most" | "all"

/** A folder that an agent works in: the client, how freely it acts, and the servers that it uses. */
type Project = readonly [folder: string, client: Client, freedom: Freedom, servers: readonly ServerName[]]

const PROJECTS: readonly Project[] = [
  ["shop/checkout", "claude-code", "all", ["stripe", "postgres", "github", "slack"]],
  ["shop/storefront", "cursor", "some", ["github", "figma"]],
  ["shop/returns", "claude-code", "some", ["postgres", "notes"]],
  ["shop/search", "codex", "most", ["fetch"]],
  ["finance/invoices", "claude-code", "all", ["stripe", "gmail", "files"]],
  ["finance/forecast", "cursor", "asks", ["snowflake"]],
  ["finance/payroll", "windsurf", "asks", ["postgres"]],
  ["platform/clusters", "codex", "all", ["kubernetes", "aws", "github", "grafana", "slack"]],
  ["platform/terraform", "claude-code", "most", ["terraform", "aws"]],
  ["platform/runbooks", "gemini-cli", "some", ["kubernetes", "grafana", "slack"]],
  ["platform/images", "opencode", "asks", ["docker"]],
  ["platform/identity", "claude-code", "asks", ["okta", "github"]],
  ["support/triage", "cursor", "most", ["zendesk", "slack", "notion"]],
  ["support/macros", "claude-code", "some", ["zendesk"]],
  ["support/knowledge", "vscode-copilot", "some", ["notion", "fetch"]],
  ["data/warehouse", "claude-code", "most", ["snowflake", "postgres", "sqlite"]],
  ["data/notebooks", "cursor", "some", ["sqlite", "fetch"]],
  ["data/scraper", "codex", "all", ["browser", "fetch", "files"]],
  ["data/quality", "gemini-cli", "asks", ["postgres"]],
  ["web/landing", "cursor", "asks", ["figma"]],
  ["web/blog", "claude-code", "some", ["notes", "fetch"]],
  ["web/design-system", "vscode-copilot", "asks", ["figma", "browser"]],
  ["mobile/ios", "cursor", "some", ["github", "sentry"]],
  ["mobile/android", "vscode-copilot", "some", ["github", "sentry"]],
  ["research/papers", "claude-code", "asks", ["fetch", "notes"]],
  ["research/agents", "opencode", "all", ["desktop", "fetch"]],
  ["people/hiring", "claude-code", "some", ["gmail", "notion"]],
  ["people/onboarding", "windsurf", "some", ["okta", "slack"]],
  ["legal/contracts", "cursor", "asks", ["files"]],
  ["marketing/campaigns", "claude-code", "most", ["hubspot", "gmail"]],
  ["marketing/social", "gemini-cli", "most", ["browser", "slack"]],
  ["sales/pipeline", "cursor", "some", ["hubspot", "slack", "gmail"]],
  ["sandbox/first-try", "claude-code", "asks", []],
  ["sandbox/hackday", "codex", "all", ["desktop"]],
  ["sandbox/vendor-demo", "vscode-copilot", "asks", ["plain"]],
]

/** Makes such a directory. */
export async function makeBusyMachine(): Promise<BusyMachine> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "tabard-busy-")))
  for (const project of PROJECTS) await lay(root, project)
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

async function lay(root: string, [folder, client, freedom, servers]: Project): Promise<void> {
  for (const [path, text] of FILES[client](freedom, serversOf(servers, join(root, folder)))) {
    const full = join(root, folder, path)
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, text)
  }
}

type Servers = Readonly<Record<string, object>>
type File = readonly [path: string, text: string]

const FILES: Readonly<Record<Client, (freedom: Freedom, servers: Servers) => readonly File[]>> = {
  "claude-code": (freedom, mcpServers) => [
    [".mcp.json", json({ mcpServers })],
    [".claude/settings.json", json({ permissions: CLAUDE[freedom] })],
  ],
  cursor: (freedom, mcpServers) => [
    [".cursor/mcp.json", json({ mcpServers })],
    ...(freedom === "most"
      ? [[".cursor/permissions.json", json({ terminalAllowlist: ["*"], mcpAllowlist: ["*"] })] as const]
      : []),
  ],
  codex: (freedom, servers) => [
    [
      ".codex/config.toml",
      [`approval_policy = "${CODEX[freedom]}"`, ...Object.entries(servers).map(toml)].join("\n"),
    ],
  ],
  "gemini-cli": (freedom, mcpServers) => [
    [".gemini/settings.json", json({ mcpServers, general: { defaultApprovalMode: GEMINI[freedom] } })],
  ],
  "vscode-copilot": (freedom, servers) => [
    [".vscode/mcp.json", json({ servers })],
    [".vscode/settings.json", json({ "chat.tools.global.autoApprove": freedom === "all" })],
  ],
  windsurf: (_, mcpServers) => [[".windsurf/mcp.json", json({ mcpServers })]],
  opencode: (freedom, servers) => [
    [
      "opencode.json",
      json({
        mcp: Object.fromEntries(Object.entries(servers).map(opencode)),
        permission: { edit: OPENCODE[freedom], bash: OPENCODE[freedom] },
      }),
    ],
  ],
}

const CLAUDE: Readonly<Record<Freedom, object>> = {
  asks: { defaultMode: "default" },
  some: { defaultMode: "acceptEdits" },
  most: { defaultMode: "acceptEdits", allow: ["Bash(*)"] },
  all: { defaultMode: "bypassPermissions" },
}
const CODEX: Readonly<Record<Freedom, string>> = {
  asks: "untrusted",
  some: "on-request",
  most: "on-failure",
  all: "never",
}
const GEMINI: Readonly<Record<Freedom, string>> = {
  asks: "default",
  some: "auto_edit",
  most: "auto_edit",
  all: "yolo",
}
const OPENCODE: Readonly<Record<Freedom, string>> = { asks: "ask", some: "ask", most: "allow", all: "allow" }

/** Bytes of the right shape that open nothing, made here so that no file of the project holds a key. */
const shaped = (prefix: string, length: number): string =>
  prefix + Array.from({ length }, (_, at) => "Zq7Xw3Rt9Kp2Lm5Vb8"[(at * 7 + prefix.length) % 18]).join("")

const SERVERS = {
  stripe: npx("@stripe/mcp", { STRIPE_SECRET_KEY: shaped("sk_live_", 24) }),
  postgres: npx("@modelcontextprotocol/server-postgres@0.6.2", {
    DATABASE_URL: `postgres://app:${shaped("p", 18)}@db.example.test:5432/orders`,
  }),
  github: npx("@modelcontextprotocol/server-github", { GITHUB_PERSONAL_ACCESS_TOKEN: shaped("ghp_", 36) }),
  slack: npx("@modelcontextprotocol/server-slack", { SLACK_BOT_TOKEN: "${SLACK_BOT_TOKEN}" }),
  gmail: npx("@gongrzhe/server-gmail-autoauth-mcp"),
  notion: npx("@notionhq/notion-mcp-server@1.9.0", { NOTION_TOKEN: "${NOTION_TOKEN}" }),
  snowflake: { command: "uvx", args: ["snowflake-labs-mcp==1.3.1"] },
  kubernetes: npx("kubernetes-mcp-server@latest"),
  aws: {
    command: "uvx",
    args: ["awslabs.aws-api-mcp-server@latest"],
    env: { AWS_SECRET_ACCESS_KEY: shaped("", 40) },
  },
  grafana: { command: "mcp-grafana", args: [], env: { GRAFANA_API_KEY: "${GRAFANA_API_KEY}" } },
  terraform: { command: "docker", args: ["run", "-i", "--rm", "hashicorp/terraform-mcp-server:0.3.3"] },
  docker: { command: "uvx", args: ["mcp-server-docker"] },
  okta: { command: "uvx", args: ["okta-mcp-server"], env: { OKTA_API_TOKEN: shaped("00", 40) } },
  zendesk: { command: "uvx", args: ["zendesk-mcp-server"], env: { ZENDESK_API_KEY: shaped("zd", 38) } },
  hubspot: npx("@hubspot/mcp-server", { PRIVATE_APP_ACCESS_TOKEN: "${HUBSPOT_TOKEN}" }),
  sqlite: { command: "uvx", args: ["mcp-server-sqlite==2025.4.25"] },
  browser: npx("@playwright/mcp@0.0.41"),
  desktop: npx("@wonderwhy-er/desktop-commander"),
  fetch: { command: "uvx", args: ["mcp-server-fetch==2025.4.7"] },
  figma: { type: "http", url: "https://mcp.figma.com/mcp" },
  sentry: { type: "http", url: "https://mcp.sentry.dev/mcp" },
  plain: { type: "http", url: "http://tools.vendor.example.test/mcp" },
} as const

type ServerName = keyof typeof SERVERS | "files" | "notes"

function serversOf(names: readonly ServerName[], folder: string): Servers {
  return Object.fromEntries(names.map((name) => [name, serverOf(name, folder)]))
}

function serverOf(name: ServerName, folder: string): object {
  if (name === "files") return npx("@modelcontextprotocol/server-filesystem@2026.8.31", {}, "/")
  if (name === "notes") return npx("@modelcontextprotocol/server-filesystem@2026.8.31", {}, folder)
  return SERVERS[name]
}

function npx(name: string, env: Readonly<Record<string, string>> = {}, ...rest: readonly string[]): object {
  return { command: "npx", args: ["-y", name, ...rest], env }
}

function opencode([name, server]: [string, object]): [string, object] {
  if (!("command" in server && "args" in server && Array.isArray(server.args))) return [name, server]
  return [name, { type: "local", command: [server.command, ...server.args] }]
}

function toml([name, server]: [string, object]): string {
  const lines = Object.entries(server).map(([key, value]) => `${key} = ${tomlValue(value)}`)
  return [`[mcp_servers.${name}]`, ...lines].join("\n")
}

function tomlValue(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${key} = ${JSON.stringify(part)}`)
    .join(", ")} }`
}

function json(value: object): string {
  return JSON.stringify(value, null, 2)
}
