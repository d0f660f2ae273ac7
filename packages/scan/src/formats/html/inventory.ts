import type { AutonomyLevel } from "@tabard/core"
import type { ScanReport, SeenCredential, SeenMcpServer, Unreadable } from "../../report.ts"
import { AUTONOMY_STEPS, autonomySteps, autonomyWords } from "../autonomy-scale.ts"
import { agentName, CATEGORY_TITLES, count, placeName } from "../names.ts"
import type { ScoredAgent } from "../riskiest-first.ts"
import { type Markup, markup } from "./markup.ts"

/** What the numbers of an agent mean. */
export const RISK_NOTE =
  "The riskiest first. Risk is access × autonomy, 0 to 100, with the range it lies in since some is unknown: who answers for an agent no scan can see."

/** Answers the agents by category, each with its risk, how freely it acts and what says so. */
export function agentsOf(agents: readonly ScoredAgent[]): readonly Markup[] {
  return [...Map.groupBy(agents, ({ agent }) => agent.category)].map(
    ([category, some]) =>
      markup`<h3>${CATEGORY_TITLES[category]}</h3>${rows(["Agent", "Risk", "Autonomy", "Uses", "Seen in"], some.map(agentRow))}`,
  )
}

function agentRow({ agent, risk }: ScoredAgent): Markup {
  const { autonomy, mcpServers, credentials, locations } = agent
  const why = autonomy.effective.map(
    ({ setting, value }) => markup`<div class="soft"><code>${setting}: ${value}</code></div>`,
  )
  return markup`<tr><td class="name">${agentName(agent)}</td>
<td class="few"><span class="risk ${risk.band}">${risk.score}</span> ${risk.band}<div class="soft">${risk.low} to ${risk.high}</div></td><td class="mid">${barOf(autonomy.level)}${autonomyWords(autonomy.level)}${why}</td>
<td class="few">${count(mcpServers.length, "MCP server")}<br>${count(credentials.length, "credential")}</td><td class="place">${locations.map(placeLine)}</td></tr>
`
}

function barOf(level: AutonomyLevel): Markup {
  const filled = autonomySteps(level)
  const tone = filled >= AUTONOMY_STEPS ? "free" : filled === AUTONOMY_STEPS - 1 ? "loose" : "tight"
  const steps = Array.from(
    { length: AUTONOMY_STEPS },
    (_, at) => markup`<i class="${at < filled ? "on" : "off"}"></i>`,
  )
  return markup`<span class="bar ${tone}" aria-hidden="true">${steps}</span>`
}

/** Answers the MCP servers, each with what it starts or calls and what it can do. */
export function serversOf({ mcpServers }: ScanReport): Markup {
  return rows(["MCP server", "Reaches", "Starts or calls", "Marks"], mcpServers.map(serverRow))
}

function serverRow(server: SeenMcpServer): Markup {
  const starts = server.url ?? [server.command ?? "", ...server.args].join(" ")
  const marks = [...(server.enabled ? [] : ["disabled"]), ...server.flags]
  const reaches = server.catalogue ? (server.system ?? "nothing outside") : "not in the catalogue"
  return markup`<tr><td class="name">${server.name}</td><td class="mid">${reaches}<div class="soft">${server.capabilities.join(", ")}</div></td>
<td class="place"><code>${starts}</code><div>${server.locations.map(placeLine)}</div></td><td>${marks.map((mark) => markup`<span class="tag">${mark}</span>`)}</td></tr>
`
}

/** Answers the credentials by kind and place; of their bytes there is nothing to show. */
export function credentialsOf({ credentials }: ScanReport): Markup {
  return rows(["Credential", "Kept as", "Seen in"], credentials.map(credentialRow))
}

function credentialRow({ kind, provider, storedAs, locations }: SeenCredential): Markup {
  return markup`<tr><td class="name">${provider ?? kind}<div class="soft"><code>${kind}</code></div></td><td class="mid">${storedAs}</td><td class="place">${locations.map(placeLine)}</td></tr>
`
}

/** Answers what could not be read, and why. */
export function unreadOf({ unreadable }: ScanReport): Markup {
  return rows(["Place", "Why"], unreadable.map(unreadRow))
}

function unreadRow({ path, reason }: Unreadable): Markup {
  return markup`<tr><td class="path">${path}</td><td>${reason}</td></tr>
`
}

function placeLine(place: { readonly path: string; readonly line: number | null }): Markup {
  return markup`<div class="path">${placeName(place)}</div>`
}

function rows(titles: readonly string[], body: readonly Markup[]): Markup {
  return markup`<div class="scroll"><table class="rows"><thead><tr>${titles.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div>`
}
