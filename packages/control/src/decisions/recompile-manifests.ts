import { type Id, Problem } from "@tabard/core"
import { readManifest } from "@tabard/intent"
import { quote } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transaction } from "../transaction.ts"
import { couldSay } from "./could-say.ts"
import type { PolicySet } from "./policy-store.ts"
import { putPolicies } from "./put-policies.ts"
import { compileAgainstTools } from "./vet-manifest.ts"

/** A manifest whose policies are others since what it speaks of changed, and whether it still says anything. */
export interface Recompiled {
  readonly agent: Id<"agent">
  readonly compiles: boolean
}

/**
 * Compiles every manifest that names a server anew, in the transaction that changed its tools: from then on each says what it
 * would say if it were put in force now. One that compiles no longer denies its agent everything, and says why. The
 * caller bumps the organisation's version.
 */
export async function recompileManifests(
  deps: RecordContext,
  tx: Pick<Transaction, "policies" | "servers">,
  {
    server,
    by,
  }: { readonly server: { readonly id: string; readonly name: string }; readonly by: Id<"user"> },
): Promise<readonly Recompiled[]> {
  const recompiled: Recompiled[] = []
  for (const set of await tx.policies.inForce()) {
    if (!isAgents(set) || !names(set.source, server)) continue
    const anew = await compiledAnew(tx, set)
    if (!isSame(set, anew)) {
      await putPolicies(deps, tx, {
        kind: "intent",
        subject: set.subject,
        author: by,
        source: set.source,
        ...anew,
      })
      recompiled.push({ agent: set.subject, compiles: anew.compiles })
    }
  }
  return recompiled
}

type ManifestSet = PolicySet & { readonly subject: Id<"agent">; readonly source: string }

function isAgents(set: PolicySet): set is ManifestSet {
  return set.kind === "intent" && set.source !== null && /^agt_[^/]+$/.test(set.subject)
}

/** A text that names neither is not read at all; one that cannot be read any more may have meant anything. */
function names(source: string, { id, name }: { readonly id: string; readonly name: string }): boolean {
  if (!couldSay(source, id) && !couldSay(source, name)) return false
  try {
    return readManifest(source).tools.some(({ server }) => server === id || server === name)
  } catch {
    return true
  }
}

type Anew = Pick<PolicySet, "policies" | "budgets"> & { readonly compiles: boolean }

async function compiledAnew(
  tx: Pick<Transaction, "policies" | "servers">,
  { subject: agent, source: text, budgets }: ManifestSet,
): Promise<Anew> {
  try {
    const compiled = await compileAgainstTools(tx, agent, text)
    return { policies: compiled.policies, budgets: compiled.budgets, compiles: true }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { policies: [denyAll(agent, error)], ...(budgets && { budgets }), compiles: false }
  }
}

function denyAll(agent: Id<"agent">, { message }: Problem): PolicySet["policies"][number] {
  const say = `the manifest no longer compiles, so nothing that it said holds: ${message.slice(0, 500)}`
  return {
    id: `${agent}/1`,
    text: `@say(${quote(say)})\nforbid (principal == Tabard::Agent::${quote(agent)}, action, resource);`,
  }
}

function isSame(set: PolicySet, anew: Anew): boolean {
  return partsOf(set) === partsOf(anew)
}

function partsOf({ policies, budgets = [] }: Pick<PolicySet, "policies" | "budgets">): string {
  return JSON.stringify([policies, budgets])
}
