import type { WitnessStanding, WitnessStore } from "@tabard/control"
import { fromTimeOrNull, toTimeOrNull } from "../columns.ts"
import type { Scope } from "../scope.ts"
import type { LogWitnessRow } from "../tables/witnesses.ts"

/** Keeps what is known of witnesses in the table `log_witness`. */
export function witnessStore({ db, organisation }: Scope): WitnessStore {
  return {
    async list(generation) {
      const rows = await db
        .selectFrom("log_witness")
        .selectAll()
        .where("organisation", "=", organisation)
        .where("generation", "=", generation)
        .orderBy("verifier_key")
        .execute()
      return rows.map(fromRow)
    },

    async put({ generation, verifierKey, size, cosignedAt, trouble, failures, due }) {
      const row = {
        size,
        cosigned_at: toTimeOrNull(cosignedAt),
        trouble: trouble?.kind ?? null,
        said: trouble?.said ?? null,
        failures,
        due: toTimeOrNull(due),
      }
      await db
        .insertInto("log_witness")
        .values({ organisation, generation, verifier_key: verifierKey, ...row })
        .onConflict((conflict) =>
          conflict.columns(["organisation", "generation", "verifier_key"]).doUpdateSet(row),
        )
        .execute()
    },

    async forget() {
      await db.deleteFrom("log_witness").where("organisation", "=", organisation).execute()
    },
  }
}

function fromRow(row: LogWitnessRow): WitnessStanding {
  const { trouble, said } = row
  return {
    generation: row.generation,
    verifierKey: row.verifier_key,
    size: row.size,
    cosignedAt: fromTimeOrNull(row.cosigned_at),
    trouble: trouble === null ? null : { kind: trouble, said: said ?? "" },
    failures: row.failures,
    due: fromTimeOrNull(row.due),
  }
}
