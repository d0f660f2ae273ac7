import { AUTONOMY_ORDER } from "../../autonomy/autonomy-order.ts"
import type { SeenAgent } from "../../report.ts"
import { autonomySteps, autonomyWords } from "../autonomy-scale.ts"
import { agentName } from "../names.ts"
import { type Markup, markup } from "./markup.ts"

/** How the picture is read. */
export const FIELD_NOTE =
  "Autonomy from left to right, MCP servers from below. A disc is a local agent, a square one in production, a ring a chatbot."
/** How many names fit a cell before it is told by number. */
const SHOWN = 8

interface Band {
  readonly label: string
  readonly least: number
  /** How much farther an agent reaches than one with a single server. */
  readonly weight: number
}

/** How many servers an agent has, from the most: few words instead of a scale that one agent with forty would flatten. */
const BANDS: readonly Band[] = [
  { label: "10 or more", least: 10, weight: 4 },
  { label: "4 to 9", least: 4, weight: 3 },
  { label: "2 or 3", least: 2, weight: 2 },
  { label: "1 server", least: 1, weight: 1 },
  { label: "no server", least: 0, weight: 0 },
]

/** Answers the picture of agents: how freely they act from left to right, how many servers they reach from below. */
export function fieldOf(agents: readonly SeenAgent[]): Markup {
  return markup`<div class="scroll"><table class="field">
<tbody>${BANDS.map((band, at) => rowOf(band, BANDS[at - 1]?.least ?? Number.POSITIVE_INFINITY, agents))}</tbody>
<tfoot><tr><th></th>${AUTONOMY_ORDER.map((level) => markup`<th scope="col">${autonomyWords(level)}</th>`)}</tr></tfoot>
</table></div>`
}

function rowOf(band: Band, below: number, agents: readonly SeenAgent[]): Markup {
  const inBand = agents.filter(
    ({ mcpServers }) => mcpServers.length >= band.least && mcpServers.length < below,
  )
  return markup`<tr><th scope="row">${band.label}</th>${AUTONOMY_ORDER.map((level) =>
    cellOf(
      inBand.filter(({ autonomy }) => autonomy.level === level),
      heatOf(band.weight, autonomySteps(level)),
    ),
  )}</tr>
`
}

/** A tint that grows with both: only to lead the eye to where an agent reaches far and asks nobody. */
function heatOf(weight: number, steps: number): number {
  return Math.min(4, Math.floor(((weight + 0.5) * Math.max(0, steps - 1)) / 3.5))
}

function cellOf(agents: readonly SeenAgent[], heat: number): Markup {
  const shown = agents.slice(0, SHOWN).map(dotOf)
  const more =
    agents.length > SHOWN ? markup`<span class="soft">and ${agents.length - SHOWN} more</span>` : ""
  return markup`<td class="heat${heat}">${shown}${more}</td>`
}

function dotOf(agent: SeenAgent): Markup {
  return markup`<span class="dot ${agent.category}">${agentName(agent)}</span>`
}
