import type { Sink, SinkChange, SinkStore } from "@tabard/control"
import { fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SinkRow } from "../tables/sinks.ts"

/** Keeps sinks in the table of that name. */
export function sinkStore({ db, organisation }: Scope): SinkStore {
  const sinks = () =>
    db.selectFrom("sink").selectAll().where("organisation", "=", organisation).where("removed_at", "is", null)
  const standing = (id: Sink["id"]) =>
    db
      .updateTable("sink")
      .where("organisation", "=", organisation)
      .where("id", "=", id)
      .where("removed_at", "is", null)
  return {
    async insert(sink) {
      await db
        .insertInto("sink")
        .values({ organisation, ...toRow(sink) })
        .execute()
    },

    async find(id) {
      const row = await sinks().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)[0]
    },

    list: async () => (await sinks().orderBy("made_at").orderBy("id").execute()).flatMap(fromRow),

    async change({ id, revision }, to) {
      const { numUpdatedRows } = await standing(id)
        .set({ ...changeColumns(to), revision: revision + 1 })
        .where("revision", "=", revision)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id, at) {
      const { numUpdatedRows } = await standing(id)
        .set({ removed_at: toTime(at), sealed: null })
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function changeColumns(
  change: SinkChange,
): Pick<SinkRow, "name" | "content" | "settings" | "sealed" | "choice" | "checkpoints" | "state"> {
  return {
    name: change.name,
    content: change.content,
    settings: toJson(change.settings),
    sealed: change.sealed,
    choice: toJson(change.choice),
    checkpoints: change.checkpoints ? 1 : 0,
    state: change.state,
  }
}

function toRow(sink: Sink): Omit<SinkRow, "organisation"> {
  return {
    id: sink.id,
    kind: sink.kind,
    ...changeColumns(sink),
    revision: sink.revision,
    made_by: sink.madeBy,
    made_at: toTime(sink.madeAt),
    removed_at: null,
  }
}

function fromRow({ sealed, ...row }: SinkRow): readonly Sink[] {
  if (sealed === null) return []
  return [
    {
      id: row.id,
      kind: row.kind,
      name: row.name,
      content: row.content,
      settings: fromJson(row.settings),
      sealed: new Uint8Array(sealed),
      choice: fromJson(row.choice),
      checkpoints: row.checkpoints === 1,
      state: row.state,
      revision: row.revision,
      madeBy: row.made_by,
      madeAt: fromTime(row.made_at),
    },
  ]
}
