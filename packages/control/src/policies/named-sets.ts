import { type NamedSets, readSet } from "@tabard/intent"
import type { Transaction } from "../transaction.ts"
import { SETS } from "./own-address.ts"

/** Answers every set that the organisation keeps, by name. */
export async function setsInForce({ policies }: Pick<Transaction, "policies">): Promise<NamedSets> {
  const kept = await policies.beginning("intent", SETS)
  return new Map(kept.map(({ subject, source }) => [subject.slice(SETS.length), readSet(source ?? "")]))
}
