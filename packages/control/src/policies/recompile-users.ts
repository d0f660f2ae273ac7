import { isId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { couldSay } from "../decisions/could-say.ts"
import type { PolicySet } from "../decisions/policy-store.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import { compileAgainstTools } from "../decisions/vet-manifest.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"

/**
 * Compiles every manifest anew that uses a set which has changed, in the transaction of the change. One that no longer compiles
 * permits nothing from then on: what was taken out of a set must not go on being allowed. Answers the agents of those.
 */
export async function recompileUsers(
  deps: RecordContext,
  tx: Pick<Transaction, "policies" | "servers">,
  { set, by }: { readonly set: string; readonly by: Caller },
): Promise<readonly string[]> {
  const stopped: string[] = []
  for (const kept of await tx.policies.beginning("intent", "agt_")) {
    if (!uses(kept, set)) continue
    const policies = await compiledAgain(tx, kept)
    if (!policies) stopped.push(kept.subject)
    const source = kept.source ?? ""
    const budgets = kept.budgets ?? []
    await putPolicies(deps, tx, {
      kind: "intent",
      subject: kept.subject,
      author: by.id,
      source,
      budgets,
      policies: policies ?? [],
    })
  }
  return stopped
}

/** A manifest that only mentions the name is compiled once in vain. */
function uses({ subject, source }: PolicySet, set: string): boolean {
  return isId("agent", subject) && couldSay(source ?? "", set) && couldSay(source ?? "", "inSet")
}

async function compiledAgain(
  tx: Pick<Transaction, "policies" | "servers">,
  { subject, source }: PolicySet,
): Promise<PolicySet["policies"] | undefined> {
  if (!isId("agent", subject)) return undefined
  try {
    return (await compileAgainstTools(tx, subject, source ?? "")).policies
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}
