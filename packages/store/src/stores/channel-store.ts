import type { Channel, ChannelHealth, ChannelStore } from "@tabard/control"
import { fromJson, fromTime, fromTimeOrNull, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { ChannelHealthRow, ChannelRow } from "../tables/notifications.ts"

/** Keeps channels in the table of that name, and how they have done in `channel_health`. */
export function channelStore(scope: Scope): ChannelStore {
  return { ...keeping(scope), ...faring(scope) }
}

function keeping({
  db,
  organisation,
}: Scope): Pick<ChannelStore, "insert" | "find" | "list" | "reseal" | "remove"> {
  const channels = () =>
    db
      .selectFrom("channel")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("removed_at", "is", null)
  const change = (id: Channel["id"]) =>
    db.updateTable("channel").where("organisation", "=", organisation).where("id", "=", id)
  return {
    async insert(channel) {
      await db
        .insertInto("channel")
        .values({ organisation, ...toRow(channel) })
        .execute()
    },

    async find(id) {
      const row = await channels().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)[0]
    },

    list: async () => (await channels().orderBy("made_at").orderBy("id").execute()).flatMap(fromRow),

    async reseal(id, from, sealed) {
      const { numUpdatedRows } = await change(id)
        .set({ sealed })
        .where("sealed", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async remove(id, at) {
      const { numUpdatedRows } = await change(id)
        .set({ removed_at: toTime(at), sealed: null })
        .where("removed_at", "is", null)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function faring({ db, organisation }: Scope): Pick<ChannelStore, "health" | "worked" | "failed" | "rest"> {
  return {
    async health() {
      const rows = await db
        .selectFrom("channel_health")
        .selectAll()
        .where("organisation", "=", organisation)
        .orderBy("channel")
        .execute()
      return rows.map(fromHealthRow)
    },

    async worked(channel, at) {
      const well = { failures: 0, rests_until: null, worked_at: toTime(at) }
      await db
        .insertInto("channel_health")
        .values({ organisation, channel, ...well })
        .onConflict((conflict) => conflict.columns(["organisation", "channel"]).doUpdateSet(well))
        .execute()
    },

    async failed(channel, at, said) {
      const ill = { failed_at: toTime(at), said }
      const { failures } = await db
        .insertInto("channel_health")
        .values({ organisation, channel, failures: 1, ...ill })
        .onConflict((conflict) =>
          conflict
            .columns(["organisation", "channel"])
            .doUpdateSet((eb) => ({ ...ill, failures: eb("channel_health.failures", "+", 1) })),
        )
        .returning("failures")
        .executeTakeFirstOrThrow()
      return failures
    },

    async rest(channel, until) {
      await db
        .updateTable("channel_health")
        .set({ rests_until: toTime(until) })
        .where("organisation", "=", organisation)
        .where("channel", "=", channel)
        .execute()
    },
  }
}

function toRow(channel: Channel): Omit<ChannelRow, "organisation"> {
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    shown: channel.shown,
    sealed: channel.sealed,
    kinds: toJson(channel.kinds),
    made_by: channel.madeBy,
    made_at: toTime(channel.madeAt),
    removed_at: null,
  }
}

function fromRow({ sealed, ...row }: ChannelRow): readonly Channel[] {
  if (sealed === null) return []
  return [
    {
      id: row.id,
      kind: row.kind,
      name: row.name,
      shown: row.shown,
      sealed: new Uint8Array(sealed),
      kinds: fromJson(row.kinds),
      madeBy: row.made_by,
      madeAt: fromTime(row.made_at),
    },
  ]
}

function fromHealthRow(row: ChannelHealthRow): ChannelHealth {
  return {
    channel: row.channel,
    failures: row.failures,
    restsUntil: fromTimeOrNull(row.rests_until),
    workedAt: fromTimeOrNull(row.worked_at),
    failedAt: fromTimeOrNull(row.failed_at),
    said: row.said,
  }
}
