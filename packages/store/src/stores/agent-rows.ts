import type { Agent } from "@tabard/core"
import { fromTime, toTime } from "../columns.ts"
import type { AgentRow } from "../tables/registry.ts"
import { mandateColumns, mandateOf, NO_MANDATE } from "./mandate-columns.ts"

/** Answers an agent as the table keeps it. */
export function toAgentRow(agent: Agent): Omit<AgentRow, "organisation"> {
  return {
    id: agent.id,
    state: agent.state,
    owner: agent.owner,
    ...(agent.mandate ? mandateColumns(agent.mandate) : NO_MANDATE),
    created_at: toTime(agent.createdAt),
    merged_into: null,
  }
}

/** Answers an agent as a row of the table tells it. */
export function agentFromRow(row: AgentRow): Agent {
  return {
    id: row.id,
    state: row.state,
    owner: row.owner,
    mandate: mandateOf(row),
    createdAt: fromTime(row.created_at),
  }
}
