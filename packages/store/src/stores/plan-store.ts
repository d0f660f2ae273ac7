import type { PlanStore } from "@tabard/control"
import type { Plan, PlanStep } from "@tabard/core"
import { sql } from "kysely"
import {
  boundedLimit,
  fromJson,
  fromTime,
  fromTimeOrNull,
  inWrites,
  toJson,
  toTime,
  toTimeOrNull,
} from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { PlanRow, PlanStepRow } from "../tables/lifecycle.ts"

/** Keeps plans in the tables `plan` and `plan_step`. */
export function planStore(scope: Scope): PlanStore {
  return { ...finding(scope), ...waiting(scope), ...beginning(scope), ...ending(scope) }
}

function finding({ db, organisation }: Scope): Pick<PlanStore, "find" | "isOpen" | "latest" | "steps"> {
  const plans = () => db.selectFrom("plan").selectAll().where("plan.organisation", "=", organisation)
  return {
    async find(id) {
      const row = await plans().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async isOpen({ plan, position }) {
      const row = await db
        .selectFrom("plan_step")
        .innerJoin("plan", (join) =>
          join
            .onRef("plan.organisation", "=", "plan_step.organisation")
            .onRef("plan.id", "=", "plan_step.plan"),
        )
        .select("plan_step.position")
        .where("plan_step.organisation", "=", organisation)
        .where("plan_step.plan", "=", plan)
        .where("plan_step.position", "=", position)
        .where("plan_step.done_at", "is", null)
        .where("plan.ended_at", "is", null)
        .executeTakeFirst()
      return row !== undefined
    },

    async latest(kind, subject) {
      const row = await plans()
        .where("kind", "=", kind)
        .where("subject", "=", subject)
        .orderBy("started_at", "desc")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async steps(id) {
      const rows = await db
        .selectFrom("plan_step")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("plan", "=", id)
        .orderBy("position")
        .execute()
      return rows.map(fromStepRow)
    },
  }
}

function waiting({ db, organisation }: Scope): Pick<PlanStore, "leftWithout" | "due"> {
  const plans = () => db.selectFrom("plan").selectAll().where("plan.organisation", "=", organisation)
  return {
    async leftWithout(limit) {
      const begun = db
        .selectFrom("plan")
        .select("plan.id")
        .where("plan.organisation", "=", organisation)
        .where("kind", "=", "departure")
        .where("subject", "=", sql<Plan["subject"]>`"user".id`)
        .where("ended_how", "is distinct from", "cancelled")
      const rows = await db
        .selectFrom("user")
        .select("user.id")
        .where("user.organisation", "=", organisation)
        .where("active", "=", 0)
        .where((eb) => eb.not(eb.exists(begun)))
        .orderBy("user.id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(({ id }) => id)
    },

    async due(now, limit) {
      const undone = db
        .selectFrom("plan_step")
        .select("position")
        .where("plan_step.organisation", "=", organisation)
        .where("plan_step.plan", "=", sql<Plan["id"]>`plan.id`)
        .where("done_at", "is", null)
      const rows = await plans()
        .where("ended_at", "is", null)
        .where((eb) =>
          eb.or([
            eb("laid_at", "is", null),
            eb.exists(undone.where("due_at", "<=", toTime(now))),
            eb.not(eb.exists(undone)),
          ]),
        )
        .orderBy("id")
        .limit(boundedLimit(limit))
        .execute()
      return rows.map(fromRow)
    },
  }
}

function beginning({ db, organisation }: Scope): Pick<PlanStore, "start" | "lay"> {
  return {
    async start(plan) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("plan")
        .values({ organisation, ...toRow(plan) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async lay(id, steps, at) {
      // The guard is in the statement: whoever marks the plan as laid is the one who writes its steps.
      const { numUpdatedRows } = await db
        .updateTable("plan")
        .set({ laid_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("laid_at", "is", null)
        .where("ended_at", "is", null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) return false
      const rows = steps.map((step, position) => ({
        organisation,
        plan: id,
        position,
        does: step.does,
        done_to: step.to,
        agent: step.agent,
        needs: toJson(step.with),
        due_at: toTime(step.due),
        done_at: null,
        outcome: null,
      }))
      await inWrites(rows, (portion) => db.insertInto("plan_step").values(portion).execute())
      return true
    },
  }
}

function ending({ db, organisation }: Scope): Pick<PlanStore, "finish" | "postpone" | "end"> {
  const undone = ({ plan, position }: Pick<PlanStep, "plan" | "position">) =>
    db
      .updateTable("plan_step")
      .where("organisation", "=", organisation)
      .where("plan", "=", plan)
      .where("position", "=", position)
      .where("done_at", "is", null)
  return {
    async finish(step, outcome, at) {
      const open = db
        .selectFrom("plan")
        .select("id")
        .where("organisation", "=", organisation)
        .where("id", "=", step.plan)
        .where("ended_at", "is", null)
      const { numUpdatedRows } = await undone(step)
        .set({ done_at: toTime(at), outcome })
        .where("plan", "in", open)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async postpone(step, due) {
      await undone(step)
        .set({ due_at: toTime(due) })
        .execute()
    },

    async end(id, how, at) {
      let ends = db
        .updateTable("plan")
        .set({ ended_how: how, ended_at: toTime(at) })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("ended_at", "is", null)
      if (how === "done") {
        const left = db
          .selectFrom("plan_step")
          .select("position")
          .where("organisation", "=", organisation)
          .where("plan", "=", id)
          .where("done_at", "is", null)
        ends = ends.where("laid_at", "is not", null).where((eb) => eb.not(eb.exists(left)))
      }
      const { numUpdatedRows } = await ends.executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function toRow(plan: Plan): Omit<PlanRow, "organisation"> {
  return {
    id: plan.id,
    kind: plan.kind,
    subject: plan.subject,
    started_by: plan.startedBy,
    started_at: toTime(plan.startedAt),
    laid_at: toTimeOrNull(plan.laidAt),
    ended_how: plan.ended?.how ?? null,
    ended_at: toTimeOrNull(plan.ended?.at ?? null),
  }
}

function fromRow(row: PlanRow): Plan {
  const { ended_how: how, ended_at } = row
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    startedBy: row.started_by,
    startedAt: fromTime(row.started_at),
    laidAt: fromTimeOrNull(row.laid_at),
    ended: how === null || ended_at === null ? null : { how, at: fromTime(ended_at) },
  }
}

function fromStepRow(row: PlanStepRow): PlanStep {
  const { done_at, outcome } = row
  return {
    plan: row.plan,
    position: row.position,
    does: row.does,
    to: row.done_to,
    agent: row.agent,
    with: fromJson(row.needs),
    due: fromTime(row.due_at),
    done: done_at === null || outcome === null ? null : { at: fromTime(done_at), outcome },
  }
}
