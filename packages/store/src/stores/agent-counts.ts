import type { AgentStore } from "@tabard/control"
import type { AgentState } from "@tabard/core"
import type { Expression, ExpressionBuilder, SqlBool } from "kysely"
import { toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { Tables } from "../tables/tables.ts"

/** The states in which an agent needs nobody to answer for it: it is none, or none any more. */
export const NEEDS_NOBODY: readonly AgentState[] = ["dismissed", "retired"]

/** Says in SQL that an agent should have an owner, and that no active person is it. */
export function isOrphaned(eb: ExpressionBuilder<Tables, "agent">): Expression<SqlBool> {
  const owned = eb
    .selectFrom("user")
    .select("user.id")
    .whereRef("user.organisation", "=", "agent.organisation")
    .whereRef("user.id", "=", "agent.owner")
    .where("user.active", "=", 1)
  return eb.and([eb("agent.state", "not in", NEEDS_NOBODY), eb.not(eb.exists(owned))])
}

/** Counts agents in the table of that name. */
export function countAgents({
  db,
  organisation,
}: Scope): Pick<AgentStore, "countByState" | "countOrphaned" | "countDiscoveredBy"> {
  const agents = () => db.selectFrom("agent").where("agent.organisation", "=", organisation)
  const counted = () => agents().select((eb) => eb.fn.countAll<number>().as("agents"))
  return {
    async countByState() {
      const rows = await agents()
        .select(["state", (eb) => eb.fn.countAll<number>().as("agents")])
        .where("merged_into", "is", null)
        .groupBy("state")
        .execute()
      const counts: Partial<Record<AgentState, number>> = {}
      for (const row of rows) counts[row.state] = row.agents
      return counts
    },

    async countOrphaned() {
      const row = await counted()
        .where((eb) => isOrphaned(eb))
        .executeTakeFirstOrThrow()
      return row.agents
    },

    async countDiscoveredBy(moment) {
      const row = await counted()
        .where("state", "=", "discovered")
        .where("created_at", "<=", toTime(moment))
        .executeTakeFirstOrThrow()
      return row.agents
    },
  }
}
