import { defaultOffers, guardRails, readOffers, tierPolicies } from "@tabard/intent"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact } from "../transaction.ts"
import { putPolicies } from "./put-policies.ts"

export interface SeedPoliciesDeps extends RecordContext {
  readonly transact: Transact<"organisation" | "policies">
  /** Whether it faces a network: then an agent of which nobody says where it runs counts as one in production. */
  readonly production: boolean
}

/** Who puts in force what ships. */
export const SHIPPER = "tabard"

/** Puts the guard-rails and tier ceilings that ship in force, and those that are offered where nobody settled it otherwise. */
export async function seedPolicies(deps: SeedPoliciesDeps): Promise<void> {
  await deps.transact(async (tx) => {
    const source = defaultOffers(deps)
    const shipped = [
      { kind: "guard", subject: "shipped", policies: guardRails() },
      { kind: "guard", subject: "offered", policies: readOffers(source).policies, source },
      { kind: "tier", subject: "shipped", policies: tierPolicies() },
    ] as const
    for (const set of shipped) {
      const current = await tx.policies.current(set.kind, set.subject)
      const settled = current !== undefined && current.author !== SHIPPER
      if (settled || JSON.stringify(current?.policies) === JSON.stringify(set.policies)) continue
      await putPolicies(deps, tx, { ...set, author: SHIPPER })
      await tx.organisation.bumpVersion()
    }
  })
}
