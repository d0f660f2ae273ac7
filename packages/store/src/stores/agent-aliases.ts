import type { AgentStore } from "@tabard/control"
import type { AgentState, Id } from "@tabard/core"
import { inPortions } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { NO_MANDATE } from "./mandate-columns.ts"

/** Nobody adopted these, so nothing that was given to them is lost. */
const MAY_GO: readonly AgentState[] = ["discovered", "proposed", "dismissed"]

/** What is hidden or over must not swallow what lives. */
const MAY_STAY: readonly AgentState[] = ["discovered", "proposed", "active", "suspended", "quarantined"]

/** Keeps which agents people said are one, in the column `merged_into`. */
export function agentAliases({
  db,
  organisation,
}: Scope): Pick<AgentStore, "mergeAway" | "splitOff" | "mergedInto" | "aliasesOf"> {
  const change = () => db.updateTable("agent").where("organisation", "=", organisation)
  const aliases = () =>
    db.selectFrom("agent").select(["id", "merged_into"]).where("organisation", "=", organisation)
  return {
    async mergeAway(id, into) {
      const { numUpdatedRows } = await change()
        .set({ state: "dismissed", merged_into: into })
        .where("id", "=", id)
        .where("id", "!=", into)
        .where("state", "in", MAY_GO)
        .where("merged_into", "is", null)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom("agent as other")
              .select("other.id")
              .where("other.organisation", "=", organisation)
              .where("other.id", "=", into)
              .where("other.state", "in", MAY_STAY)
              .where("other.merged_into", "is", null),
          ),
        )
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) return false
      await change().set({ merged_into: into }).where("merged_into", "=", id).execute()
      return true
    },

    async splitOff(id, from) {
      const { numUpdatedRows } = await change()
        .set({ state: "discovered", owner: null, merged_into: null, ...NO_MANDATE })
        .where("id", "=", id)
        .where("merged_into", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async mergedInto(ids) {
      const rows = await inPortions(ids, (portion) =>
        aliases().where("id", "in", portion).where("merged_into", "is not", null).execute(),
      )
      return new Map(
        rows.flatMap(({ id, merged_into: into }) => (into === null ? [] : [[id, into] as const])),
      )
    },

    async aliasesOf(ids) {
      const rows = await inPortions(ids, (portion) =>
        aliases().where("merged_into", "in", portion).orderBy("id").execute(),
      )
      const found = new Map<Id<"agent">, Id<"agent">[]>(ids.map((id) => [id, []]))
      for (const { id, merged_into: into } of rows) if (into !== null) found.get(into)?.push(id)
      return found
    },
  }
}
