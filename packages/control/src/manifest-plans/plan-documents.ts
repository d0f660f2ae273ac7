import type { NamedSets } from "@tabard/intent"
import { comparePolicies } from "@tabard/policy"
import type { PolicySet } from "../decisions/policy-store.ts"
import { SHIPPER } from "../decisions/seed-policies.ts"
import { setsInForce } from "../policies/named-sets.ts"
import { keptUnder, type OwnAddress, ownAddress } from "../policies/own-address.ts"
import { type PutOwnPoliciesDeps, putOwnPoliciesIn } from "../policies/put-own-policies.ts"
import { ownDocuments } from "../policies/read-own-policies.ts"
import type { Caller } from "../registry/caller.ts"
import type { DocumentChange, DocumentDraft, DocumentPlan } from "./document-plan.ts"

type OwnTransaction = Parameters<Parameters<PutOwnPoliciesDeps["transact"]>[0]>[0]

/** Documents that are to be in force together. */
export interface DocumentsWish {
  readonly drafts: readonly DocumentDraft[]
  /** Whether what lies in no file is taken away. */
  readonly prune: boolean
}

/** What is named by others comes first: sets, then tiers. */
const ORDER = ["set", "tier", "guard", "offered"] as const

/**
 * Puts documents in force in a transaction that does more, and answers what each became. What is in force and is not handed in stays, and
 * is told; or is taken away where that is asked for.
 *
 * @throws {Problem} not_allowed, policy_invalid, policy_conflict, policy_not_found, body_invalid
 */
export async function putDocumentsIn(
  deps: Omit<PutOwnPoliciesDeps, "transact">,
  tx: OwnTransaction,
  by: Caller,
  { drafts, prune }: DocumentsWish,
): Promise<readonly DocumentPlan[]> {
  const sets = await setsInForce(tx)
  const plans: DocumentPlan[] = []
  for (const draft of inOrder(drafts)) plans.push(await putOne(deps, tx, by, draft))
  for (const { address, set } of await unfiledOf(tx, by, drafts)) {
    const { kind, subject } = address
    // Cases rule nothing, and are in no file of the organisation's.
    if (kind === "hand" || kind === "cases") continue
    // Without that document the offered guard-rails would hold nowhere.
    if (prune && kind !== "offered") plans.push(await putOne(deps, tx, by, { kind, subject, source: "" }))
    else plans.push({ kind, subject, change: "unfiled", version: set.version, adds: [], takesAway: [] })
  }
  const now = await setsInForce(tx)
  return plans.map((plan) => (plan.kind === "set" ? saidOfSet(plan, sets, now) : plan))
}

function inOrder(drafts: readonly DocumentDraft[]): readonly DocumentDraft[] {
  return drafts.toSorted(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
  )
}

async function unfiledOf(
  tx: OwnTransaction,
  by: Caller,
  drafts: readonly DocumentDraft[],
): ReturnType<typeof ownDocuments> {
  const inForce = await ownDocuments(tx, by)
  return inForce.filter(
    ({ address: { kind, subject }, set }) =>
      set.author !== SHIPPER &&
      (set.source ?? "").trim() !== "" &&
      !drafts.some((draft) => draft.kind === kind && draft.subject === subject),
  )
}

async function putOne(
  deps: Omit<PutOwnPoliciesDeps, "transact">,
  tx: OwnTransaction,
  by: Caller,
  { kind, subject, source }: DocumentDraft,
): Promise<DocumentPlan> {
  const address = ownAddress(kind, subject)
  const { before, after } = await putWhereOther(deps, tx, by, { address, source })
  const words = comparePolicies(before?.policies ?? [], after?.policies ?? [])
  const change = changeOf(before, after, words.adds.length + words.takesAway.length > 0)
  return { kind, subject, change, version: before?.version ?? null, ...words }
}

/** A set has no policies of its own: what it holds is what it says. One that got another name says nothing else. */
function saidOfSet(plan: DocumentPlan, before: NamedSets, after: NamedSets): DocumentPlan {
  const { subject, change } = plan
  if (isRenamed(plan, before, after)) return plan
  const [was, is] = [before.get(subject) ?? [], after.get(subject) ?? []]
  const adds = without(is, was).map((value) => `“${value}” is in the set ${subject}.`)
  const takesAway = without(was, is).map((value) => `“${value}” is in the set ${subject} no more.`)
  const isOther = adds.length + takesAway.length > 0
  return { ...plan, change: change === "reworded" && isOther ? "changed" : change, adds, takesAway }
}

/** A new set that holds what another held, or one taken away whose values another has. */
function isRenamed({ subject, change }: DocumentPlan, before: NamedSets, after: NamedSets): boolean {
  if (change !== "first" && change !== "removed") return false
  const [holding, others] = change === "first" ? [after, before] : [before, after]
  const values = spelt(holding.get(subject) ?? [])
  return [...others].some(([name, other]) => name !== subject && spelt(other) === values)
}

function spelt(values: readonly string[]): string {
  return JSON.stringify(values.toSorted())
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others)
  return some.filter((each) => !known.has(each))
}

/** A document before and after somebody wished for it to be so: both are one where it was so. */
interface Replaced {
  readonly before: PolicySet | undefined
  readonly after: PolicySet | undefined
}

/** Puts a document in force where it is another; nothing where there is none, and none is asked for. */
export async function putWhereOther(
  deps: Omit<PutOwnPoliciesDeps, "transact">,
  tx: OwnTransaction,
  by: Caller,
  { address, source }: { readonly address: OwnAddress; readonly source: string },
): Promise<Replaced> {
  const kept = keptUnder(address)
  const before = await tx.policies.current(kept.kind, kept.subject)
  if ((before?.source ?? "") === source) return { before, after: before }
  const seen = before?.version ?? (await tx.policies.history(kept.kind, kept.subject))[0]?.version ?? 0
  return { before, after: await putOwnPoliciesIn(deps, tx, by, { address, source, seen }) }
}

/** Answers what became of a document by its texts, and by whether it says something else. */
export function changeOf(
  before: Pick<PolicySet, "source"> | undefined,
  after: Pick<PolicySet, "source"> | undefined,
  saysOther: boolean,
): DocumentChange {
  const [was, is] = [before?.source ?? "", after?.source ?? ""]
  if (was === is) return "same"
  if (was.trim() === "") return "first"
  if (is.trim() === "") return "removed"
  return saysOther ? "changed" : "reworded"
}
