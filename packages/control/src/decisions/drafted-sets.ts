import { type Id, newId } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { compileOwn, type OwnReads } from "../policies/compile-own.ts"
import { keptUnder, OWN, type OwnAddress, type OwnKind, ownAddress } from "../policies/own-address.ts"
import type { PolicySet } from "./policy-store.ts"
import { compileAgainstTools } from "./vet-manifest.ts"

/** A text that would be in force in place of the one that is. */
export type Draft = { readonly kind: "manifest"; readonly text: string } | OwnDraft

/** A document of the organisation's own, or what is by hand beside the agent's manifest. */
type OwnDraft =
  | { readonly kind: Exclude<OwnKind, "cases" | "set">; readonly text: string }
  | { readonly kind: "set"; readonly name: string; readonly text: string }

type DraftDeps = Pick<RecordContext, "clock" | "organisation">

/** A draft, and the agent of whose call it is asked. */
interface Drafted {
  readonly draft: Draft
  readonly agent: Id<"agent">
}

/**
 * Answers stores in which a draft is in force; nothing is put. What the agent's manifest says is compiled anew where it is
 * made from what is drafted.
 *
 * @throws {Problem} manifest_invalid, policy_invalid
 */
export async function withDraft<Stores extends OwnReads>(
  deps: DraftDeps,
  tx: Stores,
  { draft, agent }: Drafted,
): Promise<Stores> {
  if (draft.kind === "manifest")
    return withSet(tx, await draftedManifest(deps, tx, { text: draft.text, agent }))
  const drafted = withSet(tx, await ownSet(deps, tx, { draft, agent }))
  if (draft.kind !== "set" && draft.kind !== "tier") return drafted
  const [manifest] = (await tx.policies.concerning([agent])).filter(
    ({ kind, subject }) => kind === "intent" && subject === agent,
  )
  if (!manifest?.source) return drafted
  return withSet(drafted, await draftedManifest(deps, drafted, { text: manifest.source, agent }))
}

/**
 * Answers the set that a manifest would put in force; nothing is put.
 *
 * @throws {Problem} manifest_invalid, policy_invalid
 */
export async function draftedManifest(
  { clock }: DraftDeps,
  tx: OwnReads,
  { text, agent }: { readonly text: string; readonly agent: Id<"agent"> },
): Promise<PolicySet> {
  const { policies, budgets } = await compileAgainstTools(tx, agent, text)
  return { ...unkept(clock, text), kind: "intent", subject: agent, policies, budgets }
}

async function ownSet(
  { clock, organisation }: DraftDeps,
  tx: OwnReads,
  { draft, agent }: { readonly draft: OwnDraft } & Pick<Drafted, "agent">,
): Promise<PolicySet> {
  const address = addressOf(draft, agent)
  const policies = await compileOwn(tx, { organisation, address, source: draft.text })
  return { ...unkept(clock, draft.text), ...keptUnder(address), policies }
}

function addressOf(draft: OwnDraft, agent: Id<"agent">): OwnAddress {
  if (draft.kind === "set") return ownAddress("set", draft.name)
  return ownAddress(draft.kind, draft.kind === "hand" ? agent : OWN)
}

function unkept(
  clock: RecordContext["clock"],
  source: string,
): Pick<PolicySet, "author" | "createdAt" | "id" | "source" | "version"> {
  return { id: newId("policySet", clock), version: 0, author: "draft", source, createdAt: clock.now() }
}

/** Guard-rails and tiers bind everybody. */
function withSet<Stores extends Pick<OwnReads, "policies">>(tx: Stores, set: PolicySet): Stores {
  const { policies } = tx
  const isAnother = ({ kind, subject }: PolicySet): boolean => kind !== set.kind || subject !== set.subject
  return {
    ...tx,
    policies: {
      ...policies,
      async concerning(subjects) {
        const others = (await policies.concerning(subjects)).filter(isAnother)
        const concerns = subjects.includes(set.subject) || set.kind === "guard" || set.kind === "tier"
        return concerns ? [...others, set] : others
      },
      current: async (kind, subject) =>
        kind === set.kind && subject === set.subject ? set : policies.current(kind, subject),
      async beginning(kind, beginning) {
        const others = (await policies.beginning(kind, beginning)).filter(isAnother)
        return kind === set.kind && set.subject.startsWith(beginning) ? [...others, set] : others
      },
    },
  }
}
