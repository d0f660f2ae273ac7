import type { ObservationStore } from "@tabard/control"
import type { Scope } from "../scope.ts"
import { whollyVanished } from "./vanished.ts"

/** Counts what people should look at first, in `credential`. */
export function observedTroubles({
  db,
  organisation,
}: Scope): Pick<ObservationStore, "countPlaintextCredentials"> {
  return {
    async countPlaintextCredentials() {
      const { count } = await db
        .selectFrom("credential")
        .select((eb) => eb.fn.countAll().as("count"))
        .where("organisation", "=", organisation)
        .where("stored_as", "=", "plaintext")
        .where(whollyVanished("credential", false))
        .executeTakeFirstOrThrow()
      return Number(count)
    },
  }
}
