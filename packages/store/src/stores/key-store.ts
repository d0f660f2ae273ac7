import type { KeyPurpose, KeyStore, SealedKey } from "@tabard/control"
import { fromTime, fromTimeOrNull, toTime, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { SealedKeyRow } from "../tables/authority.ts"

/** Purposes whose keys the first table's check does not know, and which SQLite cannot teach it. */
const LATER: readonly KeyPurpose[] = ["signal-signing", "proof-nonce", "token-signing-ed25519"]

/** Keeps sealed keys in the tables `sealed_key` and `later_key`, whose indexes let one of a purpose live. */
export function keyStore({ db, organisation }: Scope): KeyStore {
  const live = (purpose: KeyPurpose) =>
    db
      .selectFrom(tableOf(purpose))
      .selectAll()
      .where("organisation", "=", organisation)
      .where("purpose", "=", purpose)
      .where("retired_at", "is", null)

  return {
    async ensure(key) {
      await db
        .insertInto(tableOf(key.purpose))
        .values({ organisation, ...toRow(key) })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "purpose"]).where("retired_at", "is", null).doNothing(),
        )
        .execute()
      return fromRow(await live(key.purpose).executeTakeFirstOrThrow())
    },

    async live(purpose) {
      const rows = await live(purpose).orderBy("created_at", "desc").orderBy("id", "desc").execute()
      return rows.map(fromRow)
    },

    async replace(key) {
      await retireLive({ db, organisation }, key.purpose, key.createdAt)
      await db
        .insertInto(tableOf(key.purpose))
        .values({ organisation, ...toRow(key) })
        .execute()
    },

    ...preparedKeys({ db, organisation }),

    async retiredAfter(purpose, time) {
      const rows = await db
        .selectFrom(tableOf(purpose))
        .selectAll()
        .where("organisation", "=", organisation)
        .where("purpose", "=", purpose)
        .where("retired_at", ">", toTime(time))
        .orderBy("retired_at", "desc")
        .orderBy("id", "desc")
        .execute()
      return rows.map(fromRow)
    },
    ...wrapping({ db, organisation }),
  }
}

function tableOf(purpose: KeyPurpose): "later_key" | "sealed_key" {
  return LATER.includes(purpose) ? "later_key" : "sealed_key"
}

/** How keys lie under a key-encryption key, whatever becomes of them. */
function wrapping({
  db,
  organisation,
}: Pick<Scope, "db" | "organisation">): Pick<KeyStore, "sealedOtherwise" | "reseal"> {
  return {
    async sealedOtherwise(under) {
      const keys: SealedKey[] = []
      for (const table of ["sealed_key", "later_key"] as const) {
        const rows = db.selectFrom(table).selectAll().where("organisation", "=", organisation)
        keys.push(...(await rows.where("sealed_under", "!=", under).execute()).map(fromRow))
      }
      const prepared = db.selectFrom("prepared_key").selectAll().where("organisation", "=", organisation)
      const waiting = await prepared.where("sealed_under", "!=", under).execute()
      keys.push(...waiting.map((row) => fromRow({ ...row, retired_at: null })))
      return keys.toSorted((one, other) => (one.id < other.id ? -1 : 1))
    },

    async reseal(id, from, { sealed, sealedUnder }) {
      let changed = 0n
      for (const table of ["sealed_key", "later_key", "prepared_key"] as const) {
        const { numUpdatedRows } = await db
          .updateTable(table)
          .set({ sealed, sealed_under: sealedUnder })
          .where("organisation", "=", organisation)
          .where("id", "=", id)
          .where("sealed_under", "=", from)
          .executeTakeFirstOrThrow()
        changed += numUpdatedRows
      }
      return changed === 1n
    },
  }
}

function preparedKeys({
  db,
  organisation,
}: Pick<Scope, "db" | "organisation">): Pick<KeyStore, "prepare" | "prepared" | "promote"> {
  const find = async (purpose: KeyPurpose): Promise<SealedKey | undefined> => {
    const row = await db
      .selectFrom("prepared_key")
      .selectAll()
      .where("organisation", "=", organisation)
      .where("purpose", "=", purpose)
      .executeTakeFirst()
    return row && fromRow({ ...row, retired_at: null })
  }
  return {
    async prepare(key) {
      const { retired_at: _live, ...row } = toRow(key)
      await db
        .insertInto("prepared_key")
        .values({ organisation, ...row })
        .onConflict((conflict) => conflict.columns(["organisation", "purpose"]).doNothing())
        .execute()
      return (await find(key.purpose)) ?? key
    },

    prepared: find,

    async promote({ id, purpose }, at) {
      const row = await db
        .deleteFrom("prepared_key")
        .where("organisation", "=", organisation)
        .where("purpose", "=", purpose)
        .where("id", "=", id)
        .returningAll()
        .executeTakeFirst()
      if (!row) return false
      await retireLive({ db, organisation }, purpose, at)
      await db
        .insertInto(tableOf(purpose))
        .values({ ...row, retired_at: null })
        .execute()
      return true
    },
  }
}

async function retireLive(
  { db, organisation }: Pick<Scope, "db" | "organisation">,
  purpose: KeyPurpose,
  at: Date,
): Promise<void> {
  await db
    .updateTable(tableOf(purpose))
    .set({ retired_at: toTime(at) })
    .where("organisation", "=", organisation)
    .where("purpose", "=", purpose)
    .where("retired_at", "is", null)
    .execute()
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
