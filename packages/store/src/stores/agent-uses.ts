import type { ObservationStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { inPortions } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { AgentUseRow } from "../tables/registry.ts"

/** Keeps what each agent was seen to use and hold in `agent_use`. */
export function agentUses({ db, organisation }: Scope): Pick<ObservationStore, "link" | "linksOf"> {
  return {
    async link(agent, { servers, credentials }) {
      await db
        .deleteFrom("agent_use")
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .execute()
      const uses: AgentUseRow[] = [
        ...[...new Set(servers)].map((target) => ({ organisation, agent, kind: "server" as const, target })),
        ...[...new Set(credentials)].map((target) => ({
          organisation,
          agent,
          kind: "credential" as const,
          target,
        })),
      ]
      await inPortions(uses, async (portion) => {
        await db.insertInto("agent_use").values(portion).execute()
        return []
      })
    },

    async linksOf(agents) {
      const rows = await inPortions(agents, (portion) =>
        db
          .selectFrom("agent_use")
          .selectAll()
          .where("organisation", "=", organisation)
          .where("agent", "in", portion)
          .orderBy("agent")
          .orderBy("kind")
          .orderBy("target")
          .execute(),
      )
      return gathered(agents, rows)
    },
  }
}

/** Each agent has an entry, an empty one where nothing was seen of it. */
function gathered(
  agents: readonly Id<"agent">[],
  rows: readonly AgentUseRow[],
): Awaited<ReturnType<ObservationStore["linksOf"]>> {
  const links = new Map(
    agents.map((agent) => [agent, { servers: [] as Id<"server">[], credentials: [] as Id<"credential">[] }]),
  )
  for (const row of rows) {
    const uses = links.get(row.agent)
    if (isServer(row.target)) uses?.servers.push(row.target)
    else uses?.credentials.push(row.target)
  }
  return links
}

function isServer(target: AgentUseRow["target"]): target is Id<"server"> {
  return target.startsWith("srv_")
}
