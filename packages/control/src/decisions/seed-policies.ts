import { guardRails, tierPolicies } from "@tabard/intent"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact } from "../transaction.ts"
import { putPolicies } from "./put-policies.ts"

export interface SeedPoliciesDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "policies">
}

/** Puts the guard-rails and tier ceilings that ship in force where an organisation has none of its own. */
export async function seedPolicies(deps: SeedPoliciesDeps): Promise<void> {
  await deps.transact(async (tx) => {
    const shipped = [
      { kind: "guard", subject: "shipped", policies: guardRails() },
      { kind: "tier", subject: "shipped", policies: tierPolicies() },
    ] as const
    for (const set of shipped) {
      const current = await tx.policies.current(set.kind, set.subject)
      if (JSON.stringify(current?.policies) === JSON.stringify(set.policies)) continue
      await putPolicies(deps, tx, { ...set, author: "tabard" })
      await tx.organisation.bumpVersion()
    }
  })
}
