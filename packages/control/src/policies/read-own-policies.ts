import { type Id, isId, Problem } from "@tabard/core"
import type { PolicySet } from "../decisions/policy-store.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transaction } from "../transaction.ts"
import { keptUnder, type OwnAddress, ownAddress } from "./own-address.ts"

/** What can be read as it was at each of its versions: the organisation's own documents, and an agent's manifest. */
export const POLICY_KINDS = ["guard", "offered", "tier", "cases", "set", "hand", "manifest"] as const

/** One of those. */
export type PolicyKind = (typeof POLICY_KINDS)[number]

/** Whose, of which kind. */
export interface PolicyPlace {
  readonly kind: PolicyKind
  readonly subject: string
}

type Reads = Pick<Transaction, "agents" | "policies">

/** The most versions that are told: those before are kept, and named by their number. */
export const MOST_VERSIONS = 200

/**
 * Answers every version of a document, newest first; none where nobody wrote one. Guard-rails and tiers bind everybody and are
 * everybody's to read, an agent's policies are for who sees the agent, and sets and cases for who sees the organisation.
 *
 * @throws {Problem} policy_not_found, agent_not_found, body_invalid
 */
export async function policyVersions(
  tx: Reads,
  by: Caller,
  place: PolicyPlace,
): Promise<readonly PolicySet[]> {
  const { kind, subject } = await readable(tx, by, place)
  return tx.policies.history(kind, subject)
}

/**
 * Answers one version of a document.
 *
 * @throws {Problem} policy_not_found, agent_not_found, body_invalid
 */
export async function policyVersion(
  tx: Reads,
  by: Caller,
  { version, ...place }: PolicyPlace & { readonly version: number },
): Promise<PolicySet> {
  const found = (await policyVersions(tx, by, place)).find((one) => one.version === version)
  if (found) return found
  throw new Problem("policy_not_found", `there is no version ${version} of it`)
}

/** The documents that everybody may read. */
const EVERYBODYS: readonly OwnAddress[] = [
  { kind: "guard", subject: "own" },
  { kind: "offered", subject: "own" },
  { kind: "tier", subject: "own" },
]

/** Cases name agents and what they are kept from. */
const CASES: OwnAddress = { kind: "cases", subject: "own" }

/** Answers the documents in force that rule the whole organisation, as far as somebody may read them. */
export async function ownDocuments(
  { policies }: Pick<Transaction, "policies">,
  by: Caller,
): Promise<readonly { readonly address: OwnAddress; readonly set: PolicySet }[]> {
  const found: { address: OwnAddress; set: PolicySet }[] = []
  for (const address of seesAll(by) ? [...EVERYBODYS, CASES] : EVERYBODYS) {
    const kept = keptUnder(address)
    const set = await policies.current(kept.kind, kept.subject)
    if (set) found.push({ address, set })
  }
  const sets = seesAll(by) ? await policies.beginning("intent", "set/") : []
  return [
    ...found,
    ...sets.map((set) => ({
      address: { kind: "set", subject: set.subject.slice("set/".length) } as const,
      set,
    })),
  ]
}

async function readable(
  { agents }: Pick<Transaction, "agents">,
  by: Caller,
  { kind, subject }: PolicyPlace,
): Promise<ReturnType<typeof keptUnder>> {
  if (kind === "manifest") return { kind: "intent", subject: await seenAgent(agents, subject) }
  const address = ownAddress(kind, subject)
  if (address.kind === "hand") await seenAgent(agents, subject)
  if ((address.kind === "set" || address.kind === "cases") && !seesAll(by))
    throw new Problem("policy_not_found", "there is no such document that you may read")
  return keptUnder(address)
}

async function seenAgent(agents: Transaction["agents"], id: string): Promise<Id<"agent">> {
  if (!isId("agent", id)) throw new Problem("agent_not_found", `there is no agent ${id.slice(0, 80)}`)
  return (await findAgent(agents, id)).id
}

function seesAll(by: Caller): boolean {
  return isSteward(by) || by.role === "auditor"
}
