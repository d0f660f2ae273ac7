import type { KnownThing, Observation, ObservationStore } from "@tabard/control"
import { type RawBuilder, sql } from "kysely"
import { fromTime, fromTimeOrNull, inPortions, inWrites, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { earliest } from "./earliest.ts"
import { fromObservationRow, toObservationRow } from "./observation-rows.ts"

type Sightings = Pick<ObservationStore, "known" | "put" | "seeAgain" | "of" | "lastSeen" | "reassign">

/** Keeps what each reporter saw last in the table `observation`. */
export function sightings(scope: Scope): Sightings {
  const { db, organisation } = scope
  const observations = () => db.selectFrom("observation").where("organisation", "=", organisation)
  return {
    known: (...asked) => known(scope, ...asked),

    async put(seen) {
      await inWrites(seen, (portion) => put(scope, portion))
    },

    async seeAgain(...seen) {
      await seeAgain(scope, ...seen)
    },

    async of(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        observations()
          .selectAll()
          .where("subject", "in", portion)
          .orderBy("subject")
          .orderBy("reporter")
          .orderBy("key")
          .execute(),
      )
      return rows.map(fromObservationRow)
    },

    async lastSeen(subjects) {
      const rows = await inPortions(subjects, (portion) =>
        observations()
          .select(["subject", (eb) => eb.fn.max("last_seen").as("last_seen")])
          .where("subject", "in", portion)
          .groupBy("subject")
          .execute(),
      )
      return new Map(rows.map((row) => [row.subject, fromTime(row.last_seen)]))
    },

    async reassign(from, to, sighting) {
      let change = db
        .updateTable("observation")
        .set({ subject: to })
        .where("organisation", "=", organisation)
        .where("kind", "=", "agent")
        .where("subject", "=", from)
      if (sighting) {
        change = change.where("reporter", "=", sighting.reporter).where("key", "=", sighting.key)
      }
      return Number((await change.executeTakeFirstOrThrow()).numUpdatedRows)
    },
  }
}

async function known(
  { db, organisation }: Scope,
  ...[{ name, machine }, kind, keys]: Parameters<Sightings["known"]>
): ReturnType<Sightings["known"]> {
  const rows = await inPortions(keys, (portion) =>
    db
      .selectFrom("observation")
      .select(["key", "subject", "reporter", "digest", "vanished_at"])
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("key", "in", portion)
      .where((eb) =>
        machine === null
          ? eb("reporter", "=", name)
          : eb.or([eb("reporter", "=", name), eb("machine", "=", machine)]),
      )
      .orderBy("first_seen")
      .orderBy("reporter")
      .execute(),
  )
  const found = new Map<string, KnownThing>()
  for (const { key, subject, reporter, digest, vanished_at: vanished } of rows) {
    const own = reporter === name ? { digest, vanishedAt: fromTimeOrNull(vanished) } : null
    if (own || !found.has(key)) found.set(key, { subject, own })
  }
  return found
}

/** What a key stands for is no part of the update: only people move a sighting from one agent to another. */
async function put({ db, organisation }: Scope, seen: readonly Observation[]): Promise<void> {
  await db
    .insertInto("observation")
    .values(seen.map((one) => ({ organisation, ...toObservationRow(one) })))
    .onConflict((conflict) =>
      conflict
        .columns(["organisation", "kind", "key", "reporter"])
        .doUpdateSet((eb) => ({
          scan: eb.ref("excluded.scan"),
          body: eb.ref("excluded.body"),
          last_seen: eb.ref("excluded.last_seen"),
          machine: eb.ref("excluded.machine"),
          digest: eb.ref("excluded.digest"),
          vanished_at: eb.ref("excluded.vanished_at"),
          first_seen: earliest("observation"),
        }))
        .where(isNotLater(sql.ref<number>("excluded.last_seen"))),
    )
    .execute()
}

async function seeAgain(
  { db, organisation }: Scope,
  ...[{ reporter, scan, at }, kind, keys]: Parameters<Sightings["seeAgain"]>
): Promise<void> {
  const now = toTime(at)
  await inWrites(keys, async (portion) => {
    await db
      .updateTable("observation")
      .set({ scan, last_seen: now, vanished_at: null })
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("key", "in", portion)
      .where("reporter", "=", reporter)
      .where(isNotLater(sql.val(now)))
      .execute()
    if (kind === "agent") return
    const seen = await db
      .selectFrom("observation")
      .select("subject")
      .where("organisation", "=", organisation)
      .where("kind", "=", kind)
      .where("key", "in", portion)
      .where("reporter", "=", reporter)
      .execute()
    if (seen.length === 0) return
    const table = kind === "server" ? "observed_server" : "credential"
    await sql`update ${sql.table(table)} set last_seen = ${now} where organisation = ${organisation}
      and last_seen < ${now} and id in (${sql.join(seen.map(({ subject }) => subject))})`.execute(db)
  })
}

/** Two scans of one reporter may be recorded at once: the word of the later one stays. */
function isNotLater(at: RawBuilder<number>): RawBuilder<boolean> {
  const [seen, gone] = [sql.ref("observation.last_seen"), sql.ref("observation.vanished_at")]
  return sql<boolean>`(${seen} <= ${at} and (${gone} is null or ${gone} <= ${at}))`
}
