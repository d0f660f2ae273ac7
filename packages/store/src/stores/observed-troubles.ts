import type { ObservationStore } from "@tabard/control"
import { inPortions } from "../columns.ts"
import type { Scope } from "../scope.ts"
import { whollyVanished } from "./vanished.ts"

/** Counts what people should look at first, in `credential`. */
export function observedTroubles({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "countPlaintextCredentials" | "plaintextAmong"> {
  return {
    async countPlaintextCredentials() {
      const plaintext = db
        .selectFrom("credential")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("organisation", "=", organisation)
        .where("stored_as", "=", "plaintext")
      const all = await plaintext.executeTakeFirstOrThrow()
      const gone = await plaintext
        .where(whollyVanished({ organisation }, "credential", true))
        .executeTakeFirstOrThrow()
      return all.count - gone.count
    },

    async plaintextAmong(ids) {
      const rows = await inPortions(ids, (portion) =>
        db
          .selectFrom("credential")
          .select("id")
          .where("organisation", "=", organisation)
          .where("id", "in", portion)
          .where("stored_as", "=", "plaintext")
          .execute(),
      )
      return new Set(rows.map(({ id }) => id))
    },
  }
}
