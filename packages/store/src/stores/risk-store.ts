import { type KeptRisk, NOT_SCORED, type RiskStore } from "@tabard/control"
import { boundedLimit, fromTime, inPortions, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { RiskScoreRow } from "../tables/registry.ts"

/** Keeps how risk changed in the table `risk_score`, one row for each change of an agent's score. */
export function riskStore({ db, organisation }: Scope): RiskStore {
  const scores = () => db.selectFrom("risk_score").where("risk_score.organisation", "=", organisation)

  return {
    async put({ agent, at, score, low, high, sides }) {
      const numbers = {
        score,
        low,
        high,
        access_hundredths: sides && hundredths(sides.access),
        autonomy_hundredths: sides && hundredths(sides.autonomy),
      }
      await db
        .insertInto("risk_score")
        .values({ organisation, agent, at: toTime(at), ...numbers })
        .onConflict((conflict) => conflict.columns(["organisation", "agent", "at"]).doUpdateSet(numbers))
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

    async worst(limit) {
      const rows = await scores()
        .selectAll()
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("agent")
                .select("agent.id")
                .where("agent.organisation", "=", organisation)
                .whereRef("agent.id", "=", "risk_score.agent")
                .where("agent.state", "in", NOT_SCORED),
            ),
          ),
        )
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom("risk_score as later")
                .select("later.at")
                .where("later.organisation", "=", organisation)
                .whereRef("later.agent", "=", "risk_score.agent")
                .whereRef("later.at", ">", "risk_score.at"),
            ),
          ),
        )
        .orderBy("score", "desc")
        .orderBy("agent")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
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

function fromRow({ agent, at, score, low, high, ...row }: RiskScoreRow): KeptRisk {
  const [access, autonomy] = [row.access_hundredths, row.autonomy_hundredths]
  const sides =
    access === null || autonomy === null ? null : { access: access / 100, autonomy: autonomy / 100 }
  return { agent, at: fromTime(at), score, low, high, sides }
}

function hundredths(points: number): number {
  return Math.round(points * 100)
}
