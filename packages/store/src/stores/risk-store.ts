import type { KeptRisk, RiskStore } from "@tabard/control"
import { boundedLimit, fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { RiskScoreRow } from "../tables/registry.ts"

/** Keeps how risk changed in the table `risk_score`, one row for each change of an agent's score. */
export function riskStore({ db, organisation }: Scope): RiskStore {
  const scores = () => db.selectFrom("risk_score").where("risk_score.organisation", "=", organisation)

  return {
    async put({ agent, at, score, low, high }) {
      await db
        .insertInto("risk_score")
        .values({ organisation, agent, at: toTime(at), score, low, high })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "agent", "at"]).doUpdateSet({ score, low, high }),
        )
        .execute()
    },

    async latest(agents) {
      const rows = await inPortions(agents, (portion) =>
        scores()
          .innerJoin(
            (eb) =>
              eb
                .selectFrom("risk_score")
                .select(({ fn }) => ["agent as newest_of", fn.max("at").as("newest")])
                .where("organisation", "=", organisation)
                .where("agent", "in", portion)
                .groupBy("agent")
                .as("latest"),
            (join) =>
              join
                .onRef("latest.newest_of", "=", "risk_score.agent")
                .onRef("latest.newest", "=", "risk_score.at"),
          )
          .selectAll("risk_score")
          .execute(),
      )
      return new Map(rows.map((row) => [row.agent, fromRow(row)]))
    },

    async history(agent, limit) {
      const rows = await scores()
        .selectAll()
        .where("agent", "=", agent)
        .orderBy("at", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },
  }
}

function fromRow({ agent, at, score, low, high }: RiskScoreRow): KeptRisk {
  return { agent, at: fromTime(at), score, low, high }
}
