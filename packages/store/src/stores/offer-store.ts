import type { OfferStore } from "@tabard/control"
import type { OwnershipOffer } from "@tabard/core"
import { boundedLimit, fromJson, fromTime, inPortions, inWrites, toJson, toTime } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { KeptTerms, OwnershipOfferRow } from "../tables/ownership.ts"
import { behind } from "./behind.ts"

/** Keeps offers of ownership in the table `ownership_offer`. */
export function offerStore(scope: Scope): OfferStore {
  return { ...finding(scope), ...ending(scope) }
}

function finding({
  db,
  organisation,
}: Scope): Pick<OfferStore, "insert" | "insertAll" | "find" | "pendingOf" | "pendingTo"> {
  const offers = () => db.selectFrom("ownership_offer").selectAll().where("organisation", "=", organisation)
  const insertOffers = async (all: readonly OwnershipOffer[]): Promise<void> => {
    const rows = all.map((offer) => ({ organisation, ...toRow(offer) }))
    // A plain insert would meet an offer that PostgreSQL does not show it yet as a broken index, which nobody runs again.
    const { numInsertedOrUpdatedRows } = await db
      .insertInto("ownership_offer")
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== BigInt(rows.length))
      throw new Error("an offer of the agent is pending already")
  }
  return {
    insert: (offer) => insertOffers([offer]),
    insertAll: (all) => inWrites(all, insertOffers),

    async find(id) {
      const row = await offers().where("id", "=", id).executeTakeFirst()
      return row && fromRow(row)
    },

    async pendingOf(agents, now) {
      const rows = await inPortions(agents, (portion) =>
        offers()
          .where("agent", "in", portion)
          .where("state", "=", "pending")
          .where("expires_at", ">", toTime(now))
          .orderBy("id")
          .execute(),
      )
      return rows.map(fromRow)
    },

    async pendingTo(user, now, { after, limit }) {
      let query = offers()
        .where("to_user", "=", user)
        .where("state", "=", "pending")
        .where("expires_at", ">", toTime(now))
        .orderBy("offered_at")
        .orderBy("id")
        .limit(boundedLimit(limit))
      if (after) query = query.where(behind("rising", { offered_at: toTime(after.offeredAt), id: after.id }))
      return (await query.execute()).map(fromRow)
    },
  }
}

function ending({ db, organisation }: Scope): Pick<OfferStore, "end" | "withdraw" | "expire"> {
  const pending = () =>
    db.updateTable("ownership_offer").where("organisation", "=", organisation).where("state", "=", "pending")
  return {
    async end(id, how, at) {
      // The guard is in the statement: the database, not an earlier read, decides who wins.
      let ends = pending()
        .set({ state: how, ended_at: toTime(at) })
        .where("id", "=", id)
      if (how !== "withdrawn") ends = ends.where("expires_at", ">", toTime(at))
      const { numUpdatedRows } = await ends.executeTakeFirstOrThrow()
      return numUpdatedRows === 1n
    },

    async withdraw(agents, at) {
      const rows = await inPortions(agents, (portion) =>
        pending()
          .set({ state: "withdrawn", ended_at: toTime(at) })
          .where("agent", "in", portion)
          .returningAll()
          .execute(),
      )
      return rows.map(asItWas)
    },

    async expire(now, limit) {
      const due = db
        .selectFrom("ownership_offer")
        .select("id")
        .where("organisation", "=", organisation)
        .where("state", "=", "pending")
        .where("expires_at", "<=", toTime(now))
        .orderBy("expires_at")
        .limit(boundedLimit(limit))
      const rows = await pending()
        .set({ state: "expired", ended_at: toTime(now) })
        .where("id", "in", due)
        .returningAll()
        .execute()
      return rows.map(asItWas)
    },
  }
}

function toRow(offer: OwnershipOffer): Omit<OwnershipOfferRow, "organisation"> {
  return {
    id: offer.id,
    agent: offer.agent,
    to_user: offer.to,
    offered_by: offer.by,
    note: offer.note,
    terms: offer.terms && toJson({ ...offer.terms, expiresAt: toTime(offer.terms.expiresAt) }),
    offered_at: toTime(offer.offeredAt),
    expires_at: toTime(offer.expiresAt),
    state: offer.state.kind,
    ended_at: "at" in offer.state ? toTime(offer.state.at) : null,
  }
}

function fromRow(row: OwnershipOfferRow): OwnershipOffer {
  const { state, ended_at } = row
  return {
    id: row.id,
    agent: row.agent,
    to: row.to_user,
    by: row.offered_by,
    note: row.note,
    terms: row.terms && fromTerms(fromJson(row.terms)),
    offeredAt: fromTime(row.offered_at),
    expiresAt: fromTime(row.expires_at),
    state:
      state === "pending" || ended_at === null
        ? { kind: "pending" }
        : { kind: state, at: fromTime(ended_at) },
  }
}

function fromTerms(kept: KeptTerms): OwnershipOffer["terms"] {
  return { ...kept, expiresAt: fromTime(kept.expiresAt) }
}

function asItWas(row: OwnershipOfferRow): OwnershipOffer {
  return fromRow({ ...row, state: "pending", ended_at: null })
}
