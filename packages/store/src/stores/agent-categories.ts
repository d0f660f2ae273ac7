import type { AgentStore } from "@tabard/control"
import { CATEGORIES, type Category, type Json } from "@tabard/core"
import { sql } from "kysely"
import { fromJson, type JsonText } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { NEEDS_NOBODY } from "./agent-counts.ts"

/** What is said of an agent's category, and how many others there are that the same is said of. */
interface Counted {
  readonly value: JsonText<Json>
  readonly agents: number
}

/** Counts agents by the category that holds for each: the strongest kind of word wins, then the newest, then by source. */
export function countCategories({ db, organisation }: Scope): Pick<AgentStore, "countByCategory"> {
  return {
    async countByCategory() {
      const { rows } = await sql<Counted>`
        select value, count(*) as agents from (
          select fact.value, row_number() over (
            partition by agent.id
            order by case fact.kind when 'overridden' then 2 when 'declared' then 1 else 0 end desc,
              fact.at desc, fact.source desc
          ) as place
          from agent join fact on fact.organisation = agent.organisation and fact.subject = agent.id
          where agent.organisation = ${organisation} and fact.name = 'category'
            and agent.state not in (${sql.join(NEEDS_NOBODY)})
        ) as said
        where place = 1 group by value`.execute(db)
      const counts: Partial<Record<Category, number>> = {}
      for (const { value, agents } of rows) {
        const category = CATEGORIES.find((known) => known === fromJson(value))
        if (category) counts[category] = agents
      }
      return counts
    },
  }
}
