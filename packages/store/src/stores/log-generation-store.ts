import type { LogGeneration, LogGenerationStore, LogRotation } from "@tabard/control"
import type { Selectable } from "kysely"
import { fromTime, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { StoreProblem } from "../store-problem.ts"
import type { LogGenerationRow, LogRotationRow } from "../tables/audit.ts"

/** Keeps an organisation's logs in the table `log_generation`, and the wish for the next one in `log_rotation`. */
export function logGenerationStore(scope: Scope): LogGenerationStore {
  const { db, organisation } = scope
  const logs = () =>
    db
      .selectFrom("log_generation")
      .selectAll()
      .where("organisation", "=", organisation)
      .orderBy("number", "desc")
  return {
    async ensureFirst(first) {
      await db
        .insertInto("log_generation")
        .values({ organisation, ...toRow(first) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return fromRow(await logs().where("number", "=", first.number).executeTakeFirstOrThrow())
    },

    list: async () => (await logs().execute()).map(fromRow),

    async holding(place) {
      const row = await logs().where("base", "<=", place).limit(1).executeTakeFirst()
      return row && fromRow(row)
    },

    async follow(next, lastCheckpoint) {
      const { numUpdatedRows } = await db
        .updateTable("log_generation")
        .set({ ended_at: toTime(next.startedAt), last_checkpoint: lastCheckpoint })
        .where("organisation", "=", organisation)
        .where("number", "=", next.number - 1)
        .where("base", "<=", next.base)
        .where("ended_at", "is", null)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n)
        throw new StoreProblem("refused", `log ${next.number} does not follow the newest`)
      await db
        .insertInto("log_generation")
        .values({ organisation, ...toRow(next) })
        .execute()
    },

    async collected(number) {
      const row = await db
        .selectFrom("log_generation")
        .select("collected")
        .where("organisation", "=", organisation)
        .where("number", "=", number)
        .executeTakeFirst()
      return row?.collected ?? 0
    },

    async collect(number, upTo) {
      await db
        .updateTable("log_generation")
        .set({ collected: upTo })
        .where("organisation", "=", organisation)
        .where("number", "=", number)
        .where("collected", "<", upTo)
        .execute()
    },

    ...wishes(scope),
  }
}

function wishes({ db, organisation }: Scope): Pick<LogGenerationStore, "ask" | "asked" | "settle"> {
  return {
    async ask({ askedBy, via, reason, abandon, askedAt }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("log_rotation")
        .values({
          organisation,
          asked_by: askedBy,
          via,
          reason,
          abandon: abandon ? 1 : 0,
          asked_at: toTime(askedAt),
        })
        .onConflict((conflict) =>
          conflict
            .column("organisation")
            .doUpdateSet((eb) => ({
              asked_by: eb.ref("excluded.asked_by"),
              via: eb.ref("excluded.via"),
              reason: eb.ref("excluded.reason"),
              abandon: eb.ref("excluded.abandon"),
              asked_at: eb.ref("excluded.asked_at"),
            }))
            .whereRef("excluded.abandon", ">", "log_rotation.abandon"),
        )
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n
    },

    async asked() {
      const row = await db
        .selectFrom("log_rotation")
        .selectAll()
        .where("organisation", "=", organisation)
        .executeTakeFirst()
      return row && rotationOf(row)
    },

    async settle() {
      await db.deleteFrom("log_rotation").where("organisation", "=", organisation).execute()
    },
  }
}

function toRow({
  number,
  origin,
  base,
  verifierKey,
  startedAt,
  ended,
}: LogGeneration): Omit<LogGenerationRow, "organisation" | "collected"> {
  return {
    number,
    origin,
    base,
    verifier_key: verifierKey,
    started_at: toTime(startedAt),
    ended_at: ended && toTime(ended.at),
    last_checkpoint: ended?.checkpoint ?? null,
  }
}

function fromRow(row: Selectable<LogGenerationRow>): LogGeneration {
  const { number, origin, base, verifier_key, started_at, ended_at, last_checkpoint } = row
  const ended = ended_at === null ? null : { at: fromTime(ended_at), checkpoint: last_checkpoint }
  return { number, origin, base, verifierKey: verifier_key, startedAt: fromTime(started_at), ended }
}

function rotationOf({ asked_by, via, reason, abandon, asked_at }: LogRotationRow): LogRotation {
  return { askedBy: asked_by, via, reason, abandon: abandon === 1, askedAt: fromTime(asked_at) }
}
