import { type KeptRisk, NOT_SCORED, type RiskStore } from "@tabard/control"
import type { Id } from "@tabard/core"
import { boundedLimit, fromTime, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { RiskScoreRow } from "../tables/registry.ts"

/** Keeps how risk changed in the table `risk_score`, one row for each change of an agent's score. */
export function riskStore(scope: Scope): RiskStore {
  const { db, organisation } = scope
  return {
    put: (risk) => putAll(scope, [risk]),
    putAll: (risks) => putAll(scope, risks),

    async latest(agents) {
      const rows = await inPortions(agents, (portion) => latestOf(scope, portion))
      return new Map(rows.map((row) => [row.agent, fromRow(row)]))
    },

    worst: async (limit) => (await worst(scope, boundedLimit(limit))).map(fromRow),

    async since(agents, moment) {
      const rows = await inPortions(agents, (portion) => changesSince(scope, portion, toTime(moment)))
      return rows.map(fromRow)
    },

    async history(agent, limit) {
      const rows = await db
        .selectFrom("risk_score")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("agent", "=", agent)
        .orderBy("at", "desc")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },
  }
}

async function putAll({ db, organisation }: Scope, risks: readonly KeptRisk[]): Promise<void> {
  await inWrites(risks, (portion) =>
    db
      .insertInto("risk_score")
      .values(
        portion.map(({ agent, at, ...risk }) => ({
          organisation,
          agent,
          at: toTime(at),
          ...toColumns(risk),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(["organisation", "agent", "at"]).doUpdateSet((eb) => ({
          score: eb.ref("excluded.score"),
          low: eb.ref("excluded.low"),
          high: eb.ref("excluded.high"),
          access_hundredths: eb.ref("excluded.access_hundredths"),
          autonomy_hundredths: eb.ref("excluded.autonomy_hundredths"),
        })),
      )
      .execute(),
  )
}

/** Asked row by row: joined to the newest of each, PostgreSQL reads every score that there ever was. */
function latestOf({ db, organisation }: Scope, agents: readonly Id<"agent">[]): Promise<RiskScoreRow[]> {
  return db
    .selectFrom("risk_score")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("agent", "in", agents)
    .where("at", "=", (eb) =>
      eb
        .selectFrom("risk_score as later")
        .select(({ fn }) => fn.max("later.at").as("newest"))
        .where("later.organisation", "=", organisation)
        .whereRef("later.agent", "=", "risk_score.agent"),
    )
    .execute()
}

/** What stood at a moment is the newest row up to then; where there is none, the line begins later. */
function changesSince(
  { db, organisation }: Scope,
  agents: readonly Id<"agent">[],
  moment: number,
): Promise<RiskScoreRow[]> {
  return db
    .selectFrom("risk_score")
    .selectAll()
    .where("organisation", "=", organisation)
    .where("agent", "in", agents)
    .where((eb) =>
      eb(
        "at",
        ">=",
        eb.fn.coalesce(
          eb
            .selectFrom("risk_score as before")
            .select(({ fn: of }) => of.max("before.at").as("stood"))
            .whereRef("before.organisation", "=", "risk_score.organisation")
            .whereRef("before.agent", "=", "risk_score.agent")
            .where("before.at", "<=", moment),
          eb.val(moment),
        ),
      ),
    )
    .orderBy("agent")
    .orderBy("at")
    .execute()
}

/** The newest rows are those that no later row of the same agent follows. */
function worst({ db, organisation }: Scope, limit: number): Promise<RiskScoreRow[]> {
  return db
    .selectFrom("risk_score")
    .leftJoin("risk_score as later", (join) =>
      join
        .onRef("later.organisation", "=", "risk_score.organisation")
        .onRef("later.agent", "=", "risk_score.agent")
        .onRef("later.at", ">", "risk_score.at"),
    )
    .leftJoin("agent as gone", (join) =>
      join
        .onRef("gone.organisation", "=", "risk_score.organisation")
        .onRef("gone.id", "=", "risk_score.agent")
        .on("gone.state", "in", NOT_SCORED),
    )
    .selectAll("risk_score")
    .where("risk_score.organisation", "=", organisation)
    .where("later.at", "is", null)
    .where("gone.id", "is", null)
    .orderBy("risk_score.score", "desc")
    .orderBy("risk_score.agent")
    .limit(limit)
    .execute()
}

function toColumns({
  score,
  low,
  high,
  sides,
}: Pick<KeptRisk, "score" | "low" | "high" | "sides">): Omit<RiskScoreRow, "organisation" | "agent" | "at"> {
  return {
    score,
    low,
    high,
    access_hundredths: sides && hundredths(sides.access),
    autonomy_hundredths: sides && hundredths(sides.autonomy),
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
