import { agentName } from "../names.ts"
import { RISK_CELLS, type RiskCell, type RiskRow, riskGrid } from "../risk-grid.ts"
import type { ScoredAgent } from "../riskiest-first.ts"
import { type Markup, markup } from "./markup.ts"

/** How the picture is read. */
export const FIELD_NOTE =
  "Access from left to right, autonomy from below, 0 to 10 each; their product is the risk. A disc is a local agent, a square one in production, a ring a chatbot."
/** How many names fit a cell before it is told by number. */
const SHOWN = 8

/** Answers the picture of agents: what each can reach and do from left to right, how freely from below. */
export function fieldOf(agents: readonly ScoredAgent[]): Markup {
  const steps = Array.from({ length: RISK_CELLS }, (_, step) => (step * 10) / RISK_CELLS)
  return markup`<div class="scroll"><table class="field">
<tbody>${riskGrid(agents).map(rowOf)}</tbody>
<tfoot><tr><th></th>${steps.map((from) => markup`<th scope="col">access ${from}–${from + 10 / RISK_CELLS}</th>`)}</tr></tfoot>
</table></div>`
}

function rowOf({ from, to, cells }: RiskRow): Markup {
  return markup`<tr><th scope="row">autonomy ${from}–${to}</th>${cells.map(cellOf)}</tr>
`
}

function cellOf({ band, agents }: RiskCell): Markup {
  const shown = agents.slice(0, SHOWN).map(dotOf)
  const more =
    agents.length > SHOWN ? markup`<span class="soft">and ${agents.length - SHOWN} more</span>` : ""
  return markup`<td class="band-${band}">${shown}${more}</td>`
}

function dotOf({ agent, risk }: ScoredAgent): Markup {
  return markup`<span class="dot ${agent.category}">${agentName(agent)} <b>${risk.score}</b></span>`
}
