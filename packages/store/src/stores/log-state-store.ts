import { LOG_LEASE, type LogState, type LogStateStore } from "@tabard/control"
import type { Scope } from "../scope.ts"
import type { LogStateRow } from "../tables/audit.ts"

/** Keeps how far the log has come in the table `log_state`, which has one row for each organisation. */
export function logStateStore({ db, organisation }: Scope): LogStateStore {
  const find = async (): Promise<LogState | undefined> => {
    const row = await db
      .selectFrom("log_state")
      .selectAll()
      .where("organisation", "=", organisation)
      .executeTakeFirst()
    return row && fromRow(row)
  }
  return {
    find,

    async ensure(initial) {
      await db
        .insertInto("log_state")
        .values({ organisation, ...toRow(initial) })
        .onConflict((conflict) => conflict.column("organisation").doNothing())
        .execute()
      return (await find()) ?? initial
    },

    async advance(from, to, fence) {
      if (to.origin !== from.origin) return false
      // State and lease are compared in the statement that writes: this is what keeps a log from forking.
      const { numUpdatedRows } = await db
        .updateTable("log_state")
        .set(toRow(to))
        .where("organisation", "=", organisation)
        .where("origin", "=", from.origin)
        .where("sequenced", "=", from.sequenced)
        .where("integrated", "=", from.integrated)
        .where("root", "=", from.root)
        .where("published", "=", from.published)
        .where("checkpoint", "is not distinct from", from.checkpoint)
        .where((eb) =>
          eb.exists(
            eb
              .selectFrom("lease")
              .select("fence")
              .where("lease.organisation", "=", organisation)
              .where("lease.job", "=", LOG_LEASE)
              .where("lease.fence", "=", fence),
          ),
        )
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function toRow(state: LogState): Omit<LogStateRow, "organisation"> {
  return {
    origin: state.origin,
    sequenced: state.sequenced,
    integrated: state.integrated,
    root: state.root,
    published: state.published,
    checkpoint: state.checkpoint,
  }
}

function fromRow(row: LogStateRow): LogState {
  const { origin, sequenced, integrated, root, published, checkpoint } = row
  return { origin, sequenced, integrated, root, published, checkpoint }
}
