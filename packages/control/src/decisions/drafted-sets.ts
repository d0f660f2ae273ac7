import { type Id, newId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { compileOwn, type OwnReads } from "../policies/compile-own.ts"
import { ownAddress } from "../policies/own-address.ts"
import type { PolicySet } from "./policy-store.ts"
import { compileAgainstTools } from "./vet-manifest.ts"

/** A text that would be in force in place of the one that is. */
export interface Draft {
  /** The agent's manifest, or the organisation's own guard-rails. */
  readonly kind: "manifest" | "guard"
  readonly text: string
}

/**
 * Answers the set that a draft would put in force; nothing is put.
 *
 * @throws {Problem} manifest_invalid, policy_invalid
 */
export async function draftedSets(
  { organisation, clock }: Pick<RecordContext, "clock" | "organisation">,
  tx: OwnReads,
  { draft: { kind, text }, agent }: { readonly draft: Draft; readonly agent: Id<"agent"> },
): Promise<PolicySet> {
  const set = {
    id: newId("policySet", clock),
    version: 0,
    author: "draft",
    source: text,
    createdAt: clock.now(),
  } as const
  if (kind === "guard") {
    const address = ownAddress("guard", "own")
    const policies = await compileOwn(tx, { organisation, address, source: text })
    return { ...set, kind: "guard", subject: address.subject, policies }
  }
  const { policies, budgets } = await compileAgainstTools(tx, agent, text)
  return { ...set, kind: "intent", subject: agent, policies, budgets }
}
