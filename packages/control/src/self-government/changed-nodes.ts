import { type Id, isId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { GovernmentNode } from "./government-node.ts"

/** Something that an act names: an agent, a person, a team, or what leads to an agent. */
export interface NamedChange {
  readonly kind: "agent" | "approval" | "caller" | "delegation" | "finding" | "offer" | "person" | "team"
  readonly id: string
}

/** The stores that say what a name leads to. */
export type ChangedReads = Pick<
  Transaction,
  "approvals" | "delegations" | "findings" | "observations" | "offers"
>

/**
 * Answers what the names of an act lead to; a name of nothing leads nowhere, and the act itself says that it is not there.
 */
export async function changedNodes(
  tx: ChangedReads,
  names: readonly NamedChange[],
  caller: Id<"user">,
): Promise<readonly GovernmentNode[]> {
  const nodes: GovernmentNode[] = []
  for (const { kind, id } of names) {
    if (kind === "caller") nodes.push(caller)
    else nodes.push(...(await LEADS[kind](tx, id)))
  }
  return nodes
}

type Leads = (tx: ChangedReads, id: string) => Promise<readonly GovernmentNode[]>

const LEADS: Readonly<Record<Exclude<NamedChange["kind"], "caller">, Leads>> = {
  agent: async (_, id) => (isId("agent", id) ? [id] : []),
  person: async (_, id) => (isId("user", id) ? [id] : []),
  team: async (_, id) => (isId("team", id) ? [id] : []),
  approval: async ({ approvals }, id) => {
    const approval = isId("approval", id) ? await approvals.find(id) : undefined
    return approval ? [approval.question.agent] : []
  },
  offer: async ({ offers }, id) => {
    const offer = isId("offer", id) ? await offers.find(id) : undefined
    return offer ? [offer.agent] : []
  },
  delegation: async ({ delegations }, id) => {
    const delegation = isId("delegation", id) ? await delegations.find(id) : undefined
    return delegation ? [delegation.from, delegation.to] : []
  },
  finding: ofFinding,
}

/** A finding about what agents use or hold is about each of them; one about anything else is the organisation's. */
async function ofFinding(tx: ChangedReads, id: string): Promise<readonly GovernmentNode[]> {
  const subject = isId("finding", id) ? (await tx.findings.find(id))?.subject : undefined
  if (subject === undefined) return []
  if (isId("agent", subject)) return [subject]
  if (!isId("server", subject) && !isId("credential", subject)) return ["organisation"]
  return [...(await tx.observations.usersOf([subject])).values()].flat()
}
