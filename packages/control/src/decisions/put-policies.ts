import { type Budget, newId } from "@tabard/core"
import type { PolicyText } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transaction } from "../transaction.ts"
import type { PolicySet, PolicySetKind } from "./policy-store.ts"

/** Policies to put in force together. */
export interface NewPolicies {
  readonly kind: PolicySetKind
  readonly subject: string
  readonly author: string
  readonly policies: readonly PolicyText[]
  /** The manifest they were compiled from, where they were. */
  readonly source?: string
  readonly budgets?: readonly Budget[]
}

/** Puts a set in force as the next version of what belongs to its subject. The caller bumps the organisation's version. */
export async function putPolicies(
  { clock }: RecordContext,
  { policies }: Pick<Transaction, "policies">,
  { kind, subject, author, policies: texts, source, budgets = [] }: NewPolicies,
): Promise<PolicySet> {
  const [latest] = await policies.history(kind, subject)
  const set: PolicySet = {
    id: newId("policySet", clock),
    kind,
    subject,
    version: (latest?.version ?? 0) + 1,
    author,
    source: source ?? null,
    policies: texts,
    ...(budgets.length > 0 && { budgets }),
    createdAt: clock.now(),
  }
  await policies.put(set)
  return set
}
