import type { AgentStore } from "@tabard/control"
import { boundedLimit, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { agentAliases } from "./agent-aliases.ts"
import { countCategories } from "./agent-categories.ts"
import { agentConditions } from "./agent-conditions.ts"
import { countAgents } from "./agent-counts.ts"
import { agentFromRow, toAgentRow } from "./agent-rows.ts"
import { answeringPeople } from "./answered-agents.ts"
import { mandateColumns, NO_MANDATE } from "./mandate-columns.ts"
import { findOwned } from "./owned-agent.ts"

/** Keeps agents in the table of that name. */
export function agentStore(scope: Scope): AgentStore {
  return {
    ...finding(scope),
    ...countAgents(scope),
    ...countCategories(scope),
    ...changing(scope),
    ...taking(scope),
    ...agentAliases(scope),
  }
}

function finding(
  scope: Scope,
): Pick<AgentStore, "find" | "findOwned" | "findAll" | "list" | "answering" | "expired"> {
  const { db, organisation } = scope
  const agents = () => db.selectFrom("agent").where("organisation", "=", organisation)
  return {
    async find(id) {
      const row = await agents().selectAll().where("id", "=", id).executeTakeFirst()
      return row && agentFromRow(row)
    },

    findOwned: (id) => findOwned(scope, id),

    async findAll(ids) {
      const rows = await inPortions(ids, (portion) =>
        agents().selectAll().where("id", "in", portion).orderBy("id").execute(),
      )
      return rows.map(agentFromRow)
    },

    async list(query) {
      const rows = await agents()
        .selectAll()
        .where("merged_into", "is", null)
        .where((eb) => eb.and(agentConditions(eb, scope, query)))
        .orderBy("id")
        .limit(boundedLimit(query.limit))
        .execute()
      return rows.map(agentFromRow)
    },

    async answering(ids) {
      const rows = await inPortions(ids, (portion) => answeringPeople(scope, portion))
      const people = Map.groupBy(rows, ({ agent }) => agent)
      return new Map([...people].map(([agent, all]) => [agent, new Set(all.map(({ user }) => user))]))
    },

    async expired(now, limit) {
      const rows = await agents()
        .selectAll()
        .where("state", "=", "active")
        .where("mandate_expires_at", "<=", toTime(now))
        .orderBy("mandate_expires_at")
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(agentFromRow)
    },
  }
}

function changing({ db, organisation }: Scope): Pick<AgentStore, "insert" | "insertAll" | "move" | "assign"> {
  const change = () => db.updateTable("agent").where("organisation", "=", organisation)
  return {
    async insert(agent) {
      await db
        .insertInto("agent")
        .values({ organisation, ...toAgentRow(agent) })
        .execute()
    },

    insertAll: (agents) =>
      inWrites(agents, (portion) =>
        db
          .insertInto("agent")
          .values(portion.map((agent) => ({ organisation, ...toAgentRow(agent) })))
          .execute(),
      ),

    async move(id, from, to) {
      if (from.length === 0) return false
      // The guard is in the statement: the database, not an earlier read, decides who wins.
      const { numUpdatedRows } = await change()
        .set({ state: to })
        .where("id", "=", id)
        .where("state", "in", from)
        // A move that ends where it began would let everybody win.
        .where("state", "!=", to)
        .where("merged_into", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async assign(id, owner, mandate) {
      const { numUpdatedRows } = await change()
        .set({ owner, ...mandateColumns(mandate) })
        .where("id", "=", id)
        .where("state", "in", ["discovered", "proposed"])
        .where("merged_into", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function taking({ db, organisation }: Scope): Pick<AgentStore, "take" | "handOver" | "renew" | "reopen"> {
  const change = () => db.updateTable("agent").where("organisation", "=", organisation)
  return {
    async take(id, owner, mandate) {
      const { numUpdatedRows } = await change()
        .set({ state: "proposed", owner, ...mandateColumns(mandate) })
        .where("id", "=", id)
        .where("state", "in", ["discovered", "proposed"])
        .where("purpose", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async reopen(id) {
      const { numUpdatedRows } = await change()
        .set({ state: "discovered", owner: null, ...NO_MANDATE })
        .where("id", "=", id)
        .where("state", "=", "dismissed")
        .where("merged_into", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async renew(id, { owner, ends }, mandate) {
      const { numUpdatedRows } = await change()
        .set(mandateColumns(mandate))
        .where("id", "=", id)
        .where("owner", "=", owner)
        .where("mandate_expires_at", "=", toTime(ends))
        // A renewal that ends where it began would let everybody win.
        .where("mandate_expires_at", "!=", toTime(mandate.expiresAt))
        .where("state", "in", ["active", "suspended", "quarantined"])
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async handOver(id, from, to, at) {
      const { numUpdatedRows } = await change()
        // Half a mandate is none: where there is no purpose, nothing was accepted with it.
        .set((eb) => ({
          owner: to,
          accepted_at: eb.case().when("purpose", "is not", null).then(toTime(at)).else(null).end(),
        }))
        .where("id", "=", id)
        .where("owner", from === null ? "is" : "=", from)
        .where("owner", "is distinct from", to)
        .where("state", "not in", ["dismissed", "retiring", "retired"])
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}
