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

    advance: async (from, to, fence) =>
      to.generation === from.generation &&
      to.origin === from.origin &&
      to.base === from.base &&
      replace(from, to, fence),
    rotate: async (from, to, fence) => to.generation === from.generation + 1 && replace(from, to, fence),
  }

  async function replace(from: LogState, to: LogState, fence: number): Promise<boolean> {
    // State and lease are compared in the statement that writes: this is what keeps a log from forking.
    const { numUpdatedRows } = await db
      .updateTable("log_state")
      .set(toRow(to))
      .where("organisation", "=", organisation)
      .where("generation", "=", from.generation)
      .where("base", "=", from.base)
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
  }
}

function toRow(state: LogState): Omit<LogStateRow, "organisation"> {
  return {
    generation: state.generation,
    base: state.base,
    origin: state.origin,
    sequenced: state.sequenced,
    integrated: state.integrated,
    root: state.root,
    published: state.published,
    checkpoint: state.checkpoint,
  }
}

function fromRow(row: LogStateRow): LogState {
  const { generation, base, origin, sequenced, integrated, root, published, checkpoint } = row
  return { generation, base, origin, sequenced, integrated, root, published, checkpoint }
}
