import type { LogCheckpoint, LogCheckpointStore } from "@tabard/control"
import { sql } from "kysely"
import { boundedLimit, fromTime, fromTimeOrNull, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { LogCheckpointRow } from "../tables/audit.ts"

const HOUR_MS = 3_600_000

/** Keeps signed checkpoints in the table `log_checkpoint`. */
export function logCheckpointStore(scope: Scope): LogCheckpointStore {
  const { db, organisation } = scope
  const checkpoints = () =>
    db.selectFrom("log_checkpoint").selectAll().where("organisation", "=", organisation)
  const newestFirst = () => checkpoints().orderBy("generation", "desc").orderBy("size", "desc").limit(1)
  return {
    async add(checkpoint) {
      if (!(await insertNewest(scope, checkpoint))) return false
      await thin(scope, checkpoint)
      return true
    },

    async find(generation, size) {
      const row = await checkpoints()
        .where("generation", "=", generation)
        .where("size", "=", size)
        .executeTakeFirst()
      return row && fromRow(row)
    },

    async newest(generation) {
      const query =
        generation === undefined ? newestFirst() : newestFirst().where("generation", "=", generation)
      const row = await query.executeTakeFirst()
      return row && fromRow(row)
    },

    async newestCosigned() {
      const row = await newestFirst().where("cosigned_at", "is not", null).executeTakeFirst()
      return row && fromRow(row)
    },

    async list(generation, { below, limit }) {
      let query = checkpoints().where("generation", "=", generation).orderBy("size", "desc")
      if (below !== undefined) query = query.where("size", "<", below)
      return (await query.limit(boundedLimit(limit)).execute()).map(fromRow)
    },

    async cosign({ generation, size, note: seen }, note, cosignedAt) {
      const { numUpdatedRows } = await db
        .updateTable("log_checkpoint")
        .set({ note, cosigned_at: toTimeOrNull(cosignedAt) })
        .where("organisation", "=", organisation)
        .where("generation", "=", generation)
        .where("size", "=", size)
        .where("note", "=", seen)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

/** Whether it is the newest is asked in the statement that writes: two at once, and one of them is not. */
async function insertNewest({ db, organisation }: Scope, checkpoint: LogCheckpoint): Promise<boolean> {
  const { generation, size, root, note, publishedAt, cosignedAt } = checkpoint
  const { rows } = await sql`insert into log_checkpoint
      (organisation, generation, size, root, note, published_at, cosigned_at)
    select cast(${organisation} as text), cast(${generation} as bigint), cast(${size} as bigint), cast(${root} as text),
      cast(${note} as text), cast(${toTime(publishedAt)} as bigint), cast(${toTimeOrNull(cosignedAt)} as bigint)
    where not exists (select 1 from log_checkpoint
      where organisation = ${organisation} and generation = ${generation} and size >= ${size})
    on conflict do nothing returning size`.execute(db)
  return rows.length === 1
}

/**
 * Looks at the newest hundred alone, however many are kept: what is older was looked at when others came after it.
 */
async function thin({ db, organisation }: Scope, { generation, size }: LogCheckpoint): Promise<void> {
  await sql`delete from log_checkpoint as kept
    where organisation = ${organisation} and generation = ${generation} and size in (
      select size from log_checkpoint where organisation = ${organisation} and generation = ${generation}
        and size < ${size} order by size desc limit 100)
    and exists (select 1 from log_checkpoint as earlier where earlier.organisation = kept.organisation
      and earlier.generation = kept.generation and earlier.size < kept.size
      and earlier.published_at / ${sql.lit(HOUR_MS)} = kept.published_at / ${sql.lit(HOUR_MS)}
      and (kept.cosigned_at is null or earlier.cosigned_at is not null))
    and (kept.cosigned_at is null or exists (select 1 from log_checkpoint as later
      where later.organisation = kept.organisation and later.generation = kept.generation and later.size > kept.size
      and later.cosigned_at is not null))`.execute(db)
}

function fromRow(row: LogCheckpointRow): LogCheckpoint {
  const { generation, size, root, note, published_at, cosigned_at } = row
  const [publishedAt, cosignedAt] = [fromTime(published_at), fromTimeOrNull(cosigned_at)]
  return { generation, size, root, note, publishedAt, cosignedAt }
}
