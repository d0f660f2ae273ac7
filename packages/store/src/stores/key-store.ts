import type { KeyStore, SealedKey } from "@tabard/control"
import { fromTime, fromTimeOrNull, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SealedKeyRow } from "../tables/authority.ts"

/** Keeps sealed keys in the table `sealed_key`, whose index lets one of a purpose live. */
export function keyStore({ db, organisation }: Scope): KeyStore {
  const live = () =>
    db
      .selectFrom("sealed_key")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("retired_at", "is", null)

  return {
    async ensure(key) {
      await db
        .insertInto("sealed_key")
        .values({ organisation, ...toRow(key) })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "purpose"]).where("retired_at", "is", null).doNothing(),
        )
        .execute()
      return fromRow(await live().where("purpose", "=", key.purpose).executeTakeFirstOrThrow())
    },

    async live(purpose) {
      const rows = await live()
        .where("purpose", "=", purpose)
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .execute()
      return rows.map(fromRow)
    },

    async replace(key) {
      await db
        .updateTable("sealed_key")
        .set({ retired_at: toTime(key.createdAt) })
        .where("organisation", "=", organisation)
        .where("purpose", "=", key.purpose)
        .where("retired_at", "is", null)
        .execute()
      await db
        .insertInto("sealed_key")
        .values({ organisation, ...toRow(key) })
        .execute()
    },

    async reseal(id, from, { sealed, sealedUnder }) {
      const { numUpdatedRows } = await db
        .updateTable("sealed_key")
        .set({ sealed, sealed_under: sealedUnder })
        .where("organisation", "=", organisation)
        .where("id", "=", id)
        .where("sealed_under", "=", from)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },
  }
}

function toRow(key: SealedKey): Omit<SealedKeyRow, "organisation"> {
  return {
    id: key.id,
    purpose: key.purpose,
    sealed: key.sealed,
    sealed_under: key.sealedUnder,
    public_half: key.publicHalf,
    created_at: toTime(key.createdAt),
    retired_at: toTimeOrNull(key.retiredAt),
  }
}

function fromRow(row: SealedKeyRow): SealedKey {
  return {
    id: row.id,
    purpose: row.purpose,
    sealed: new Uint8Array(row.sealed),
    sealedUnder: row.sealed_under,
    publicHalf: row.public_half,
    createdAt: fromTime(row.created_at),
    retiredAt: fromTimeOrNull(row.retired_at),
  }
}
