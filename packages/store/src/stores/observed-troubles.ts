import type { ObservationStore } from "@tabard/control"
import type { Scope } from "../scope.ts"
import { whollyVanished } from "./vanished.ts"

/** Counts what people should look at first, in `agent` and `credential`. */
export function observedTroubles({ db, organisation }: Scope): Pick<ObservationStore, "countTroubles"> {
  return {
    async countTroubles() {
      const agents = await db
        .selectFrom("agent")
        .select((eb) => eb.fn.countAll().as("count"))
        .where("organisation", "=", organisation)
        .where("owner", "is", null)
        .where("state", "not in", ["dismissed", "retired"])
        .executeTakeFirstOrThrow()
      const credentials = await db
        .selectFrom("credential")
        .select((eb) => eb.fn.countAll().as("count"))
        .where("organisation", "=", organisation)
        .where("stored_as", "=", "plaintext")
        .where(whollyVanished("credential", false))
        .executeTakeFirstOrThrow()
      return { orphaned: Number(agents.count), plaintextCredentials: Number(credentials.count) }
    },
  }
}
