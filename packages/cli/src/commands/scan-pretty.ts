import { type RiskScore, visibleText } from "@tabard/core"
import {
  type FirstThing,
  firstThings,
  riskiestFirst,
  type ScanReport,
  type ScoredAgent,
  type SeenAgent,
  type SeenCredential,
  type SeenFinding,
  type SeenMcpServer,
  type Unreadable,
} from "@tabard/scan"
import { type Paint, paintFor, SEVERITY_WIDTH } from "./scan-paint.ts"
import { riskPicture } from "./scan-risk-picture.ts"

/** How a report is to look. */
export interface PrettyOptions {
  /** Shown as `~`. */
  readonly home: string
  readonly color: boolean
}

const CATEGORIES = { local: "Local agents", production: "Production agents", chatbot: "Chatbots" } as const
/** Of a fingerprint, enough to tell two apart by eye. */
const FINGERPRINT_SHOWN = 8
/** Names are written in line with the longest, up to here. */
const WIDEST_NAME = 40
/** The longest band, and the widest range of scores. */
const BAND_WIDTH = 8
const RANGE_WIDTH = 6
/** How many places stand under one thing to do, and beside one finding. */
const PLACES_SHOWN = 3

/** Answers a report as a person wants to see it in a terminal; names found on the machine cannot steer that terminal. */
export function formatScan(report: ScanReport, options: PrettyOptions): string {
  const page = new Page(report, options)
  const sections = [
    page.summary(),
    page.firstThings(),
    page.risk(),
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
  readonly #agents: readonly ScoredAgent[]
  readonly #nameWidth: number
  readonly #home: string
  readonly #paint: Paint

  constructor(report: ScanReport, { home, color }: PrettyOptions) {
    this.#report = report
    this.#agents = riskiestFirst(report)
    const widths = report.agents.map((agent) => shownName(agent).length)
    this.#nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...widths))
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

  firstThings(): string {
    return this.#section(
      "Do first",
      firstThings(this.#report).flatMap((thing, at) => this.#firstThing(thing, at + 1)),
    )
  }

  risk(): string {
    return this.#section(`Risk: access × autonomy`, riskPicture(this.#agents, this.#paint))
  }

  agents(): readonly string[] {
    const byCategory = Map.groupBy(this.#agents, ({ agent }) => agent.category)
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

  #firstThing({ severity, remediation, findings }: FirstThing, rank: number): readonly string[] {
    const [first, ...more] = findings
    const others = more.length > 0 ? ` And ${more.length} more like it.` : ""
    const places = this.#places(findings.flatMap(({ evidence }) => evidence))
    const indent = " ".repeat(`${rank}  `.length + SEVERITY_WIDTH)
    return [
      `${rank}  ${this.#paint.severity(severity)}${this.#paint.bold(visibleText(remediation))}`,
      this.#paint.dim(`${indent}${visibleText(first.message)}${others}`),
      ...places.slice(0, PLACES_SHOWN).map((place) => this.#paint.dim(indent + place)),
    ]
  }

  #agent({ agent, risk }: ScoredAgent): readonly string[] {
    const { autonomy, locations, mcpServers, credentials } = agent
    const has = `${count(mcpServers.length, "MCP server")}, ${count(credentials.length, "credential")}`
    const why = autonomy.effective
      .slice(0, 3)
      .map(({ setting, value, source }) => `${setting}: ${value} (${this.#path(source)})`)
    const shown = shownName(agent).padEnd(this.#nameWidth)
    return [
      `${this.#paint.bold(shown)}  ${this.#risk(risk)}  ${this.#paint.autonomy(autonomy.level)}  ${has}`,
      ...locations.map(({ path }) => this.#paint.dim(`  ${this.#path(path)}`)),
      ...why.map((line) => this.#paint.dim(`  ${visibleText(line)}`)),
    ]
  }

  #risk({ score, band, low, high }: RiskScore): string {
    return `${this.#paint.band(band, `${`${score}`.padStart(3)} ${band.padEnd(BAND_WIDTH)}`)} ${this.#paint.dim(`${low}–${high}`.padEnd(RANGE_WIDTH))}`
  }

  #server(server: SeenMcpServer): readonly string[] {
    const starts = server.url ?? [server.command, ...server.args].join(" ")
    const reach = server.catalogue
      ? `  ${server.system ?? "nothing outside"}: ${server.capabilities.join(", ")}`
      : "  not in the catalogue"
    const marks = [...(server.enabled ? [] : ["disabled"]), ...server.flags]
    return [
      `${this.#paint.bold(visibleText(server.name))}${visibleText(reach)}${marks.length > 0 ? `  [${marks.join(", ")}]` : ""}`,
      this.#paint.dim(`  ${server.transport}  ${visibleText(starts)}`),
    ]
  }

  #credential({ kind, provider, storedAs, fingerprint, locations }: SeenCredential): string {
    const mark = fingerprint?.slice(0, FINGERPRINT_SHOWN) ?? "-".repeat(FINGERPRINT_SHOWN)
    const places = locations.map(({ path, line }) => this.#place(path, line))
    return `${mark}  ${visibleText(provider ?? kind)}, ${storedAs}  ${this.#paint.dim(places.join(", "))}`
  }

  /** Names alone do not tell two servers or two keys of one kind apart; places do. */
  #finding({ severity, message, remediation, evidence }: SeenFinding): readonly string[] {
    const indent = " ".repeat(SEVERITY_WIDTH)
    const places = this.#places(evidence)
    const others = places.length > PLACES_SHOWN ? ` and ${places.length - PLACES_SHOWN} more` : ""
    const shown = `${places.slice(0, PLACES_SHOWN).join(", ")}${others}`
    return [
      `${this.#paint.severity(severity)}${visibleText(message)}`,
      this.#paint.dim(indent + visibleText(remediation)),
      ...(places.length > 0 ? [this.#paint.dim(indent + shown)] : []),
    ]
  }

  #unreadable({ path, reason }: Unreadable): string {
    return `${this.#path(path)}  ${this.#paint.dim(visibleText(reason))}`
  }

  #section(title: string, lines: readonly string[]): string {
    return lines.length === 0
      ? ""
      : [this.#paint.title(title), ...lines.map((line) => `  ${line}`)].join("\n")
  }

  /** Each place once; a file of which a line is told is not told again. */
  #places(evidence: SeenFinding["evidence"]): readonly string[] {
    const lined = new Set(evidence.filter(({ line }) => line !== null).map(({ path }) => path))
    const told = evidence.filter(({ path, line }) => line !== null || !lined.has(path))
    return [...new Set(told.map(({ path, line }) => this.#place(path, line)))]
  }

  #place(path: string, line: number | null): string {
    return line === null ? this.#path(path) : `${this.#path(path)}:${line}`
  }

  #path(path: string): string {
    const inHome =
      path === this.#home || path.startsWith(`${this.#home}/`) || path.startsWith(`${this.#home}\\`)
    return visibleText(inHome ? `~${path.slice(this.#home.length)}` : path)
  }
}

function shownName({ name, client, framework }: SeenAgent): string {
  return visibleText(name ?? client ?? framework ?? "unnamed")
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
