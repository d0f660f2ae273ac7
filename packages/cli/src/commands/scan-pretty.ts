import type {
  ScanReport,
  SeenAgent,
  SeenCredential,
  SeenFinding,
  SeenMcpServer,
  Unreadable,
} from "@tabard/scan"
import { type Paint, paintFor } from "./scan-paint.ts"
import { terminalText } from "./scan-terminal-text.ts"

/** How a report is to look. */
export interface PrettyOptions {
  /** Shown as `~`. */
  readonly home: string
  readonly color: boolean
}

const CATEGORIES = { local: "Local agents", production: "Production agents", chatbot: "Chatbots" } as const
/** Of a fingerprint, enough to tell two apart by eye. */
const FINGERPRINT_SHOWN = 8

/** Answers a report as a person wants to see it in a terminal; names found on the machine cannot steer that terminal. */
export function formatScan(report: ScanReport, options: PrettyOptions): string {
  const page = new Page(report, options)
  const sections = [
    page.summary(),
    ...page.agents(),
    page.servers(),
    page.credentials(),
    page.findings(),
    page.unread(),
  ]
  return `${[...sections, page.coverage()].filter((section) => section !== "").join("\n\n")}\n`
}

class Page {
  readonly #report: ScanReport
  readonly #home: string
  readonly #paint: Paint

  constructor(report: ScanReport, { home, color }: PrettyOptions) {
    this.#report = report
    this.#home = home
    this.#paint = paintFor(color)
  }

  summary(): string {
    const { agents, mcpServers, credentials, findings, roots } = this.#report
    const counts = [
      count(agents.length, "agent"),
      count(mcpServers.length, "MCP server"),
      count(credentials.length, "credential"),
      count(findings.length, "finding"),
    ]
    return `${this.#paint.bold(counts.join(", "))}\n${this.#paint.dim(`in ${roots.map((root) => this.#path(root)).join(", ")}`)}`
  }

  agents(): readonly string[] {
    const byCategory = Map.groupBy(this.#report.agents, ({ category }) => category)
    return [...byCategory].map(([category, agents]) =>
      this.#section(
        CATEGORIES[category],
        agents.flatMap((agent) => this.#agent(agent)),
      ),
    )
  }

  servers(): string {
    return this.#section(
      "MCP servers",
      this.#report.mcpServers.flatMap((server) => this.#server(server)),
    )
  }

  credentials(): string {
    return this.#section(
      "Credentials",
      this.#report.credentials.map((credential) => this.#credential(credential)),
    )
  }

  findings(): string {
    return this.#section(
      "Findings",
      this.#report.findings.flatMap((finding) => this.#finding(finding)),
    )
  }

  unread(): string {
    return this.#section(
      "Not read",
      this.#report.unreadable.map((place) => this.#unreadable(place)),
    )
  }

  coverage(): string {
    const { clientsChecked, clientsKnown, filesRead, knowledge } = this.#report.coverage
    const looked = `${clientsChecked} of ${clientsKnown} known clients looked for, ${count(filesRead, "file")} read`
    return this.#paint.dim(`${looked}; knowledge ${knowledge.version} of ${knowledge.date}`)
  }

  #agent({ name, client, autonomy, locations, mcpServers, credentials }: SeenAgent): readonly string[] {
    const has = `${count(mcpServers.length, "MCP server")}, ${count(credentials.length, "credential")}`
    const why = autonomy.effective
      .slice(0, 3)
      .map(({ setting, value, source }) => `${setting}: ${value} (${this.#path(source)})`)
    return [
      `${this.#paint.bold(terminalText(name ?? client ?? "unnamed"))}  autonomy ${this.#paint.level(autonomy.level)}, ${has}`,
      ...locations.map(({ path }) => this.#paint.dim(`  ${this.#path(path)}`)),
      ...why.map((line) => this.#paint.dim(`  ${terminalText(line)}`)),
    ]
  }

  #server(server: SeenMcpServer): readonly string[] {
    const starts = server.url ?? [server.command, ...server.args].join(" ")
    const reach = server.catalogue
      ? `  ${server.system ?? "nothing outside"}: ${server.capabilities.join(", ")}`
      : "  not in the catalogue"
    const marks = [...(server.enabled ? [] : ["disabled"]), ...server.flags]
    return [
      `${this.#paint.bold(terminalText(server.name))}${terminalText(reach)}${marks.length > 0 ? `  [${marks.join(", ")}]` : ""}`,
      this.#paint.dim(`  ${server.transport}  ${terminalText(starts)}`),
    ]
  }

  #credential({ kind, provider, storedAs, fingerprint, locations }: SeenCredential): string {
    const mark = fingerprint?.slice(0, FINGERPRINT_SHOWN) ?? "-".repeat(FINGERPRINT_SHOWN)
    const places = locations.map(({ path, line }) =>
      line === null ? this.#path(path) : `${this.#path(path)}:${line}`,
    )
    return `${mark}  ${terminalText(provider ?? kind)}, ${storedAs}  ${this.#paint.dim(places.join(", "))}`
  }

  #finding({ severity, message, remediation }: SeenFinding): readonly string[] {
    const indent = " ".repeat(10)
    return [
      `${this.#paint.severity(severity)}${terminalText(message)}`,
      this.#paint.dim(indent + terminalText(remediation)),
    ]
  }

  #unreadable({ path, reason }: Unreadable): string {
    return `${this.#path(path)}  ${this.#paint.dim(terminalText(reason))}`
  }

  #section(title: string, lines: readonly string[]): string {
    return lines.length === 0
      ? ""
      : [this.#paint.title(title), ...lines.map((line) => `  ${line}`)].join("\n")
  }

  #path(path: string): string {
    const inHome =
      path === this.#home || path.startsWith(`${this.#home}/`) || path.startsWith(`${this.#home}\\`)
    return terminalText(inHome ? `~${path.slice(this.#home.length)}` : path)
  }
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
