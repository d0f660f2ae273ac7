import { type Agent, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { overseeWidening } from "../decisions/oversee-widening.ts"
import type { PolicySet } from "../decisions/policy-store.ts"
import { putPolicies } from "../decisions/put-policies.ts"
import type { AgentBounds } from "../decisions/widens.ts"
import { isSoleAdministrator } from "../lifecycle/mandate/oversight-of.ts"
import { assertAnswersFor, type Caller, isSteward } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { compileOwn } from "./compile-own.ts"
import { keepTiers } from "./keep-tiers.ts"
import { keptUnder, type OwnAddress } from "./own-address.ts"
import { recompileUsers } from "./recompile-users.ts"

/** The stores that putting a document in force touches. */
export type OwnPolicyStore =
  | "agents"
  | "clients"
  | "organisation"
  | "outbox"
  | "policies"
  | "servers"
  | "tasks"
  | "teams"
  | "users"

export interface PutOwnPoliciesDeps extends RecordContext {
  readonly transact: Transact<OwnPolicyStore>
}

/** A document as somebody wants it to be. */
export interface OwnPoliciesWish {
  readonly address: OwnAddress
  readonly source: string
  /** The version that they saw, 0 where there was none: what somebody else changed meanwhile is not written over. */
  readonly seen: number
}

/**
 * Puts a document in force in place of the one before, which stays in its history; going back is putting an earlier one again.
 * Whatever changes by it is in force at the next decision.
 *
 * @throws {Problem} not_allowed, agent_not_found, agent_state_conflict, policy_conflict, policy_invalid, body_invalid,
 * second_person_needed
 */
export async function putOwnPolicies(
  deps: PutOwnPoliciesDeps,
  by: Caller,
  wish: OwnPoliciesWish,
): Promise<PolicySet> {
  return deps.transact((tx) => putOwnPoliciesIn(deps, tx, by, wish))
}

/** Does the same in a transaction that does more. */
export async function putOwnPoliciesIn(
  deps: RecordContext,
  tx: Parameters<Parameters<PutOwnPoliciesDeps["transact"]>[0]>[0],
  by: Caller,
  { address, source, seen }: OwnPoliciesWish,
): Promise<PolicySet> {
  const agent = await assertMayWrite(tx, by, address)
  const kept = keptUnder(address)
  await assertSeen(tx, kept, seen)
  const policies = await compileOwn(tx, { organisation: deps.organisation, address, source })
  if (address.kind === "tier") await keepTiers(tx, source)
  const before = await tx.policies.current(kept.kind, kept.subject)
  const widenedBy = agent
    ? await overseeWidening(tx, { agent, by, before: before ?? NONE, after: { policies } })
    : await ruledAlone(tx, by)
  const set = await putPolicies(deps, tx, { ...kept, author: by.id, policies, source })
  const stopped = address.kind === "set" ? await recompileUsers(deps, tx, { set: address.subject, by }) : []
  await tx.organisation.bumpVersion()
  await recordEvent(deps, tx.outbox, {
    type: "policy.put",
    actor: { kind: "user", id: by.id },
    ...(agent && { agent: agent.id, owner: agent.owner }),
    data: {
      policySet: set.id,
      kind: address.kind,
      subject: address.subject,
      version: set.version,
      policies: policies.length,
      stopped: stopped.slice(0, 50),
      ...(widenedBy && { widenedBy }),
    },
  })
  return set
}

/** What rules everybody is looked at by nobody else where one administrator is all there is; the record says so. */
async function ruledAlone(
  tx: Pick<Transaction, "users">,
  by: Caller,
): Promise<"sole-administrator" | undefined> {
  return (await isSoleAdministrator(tx, by)) ? "sole-administrator" : undefined
}

/** What an agent for which nobody wrote anything by hand has of it. */
const NONE: AgentBounds = { policies: [] }

/** Lets through who may write a document, and answers the agent where it is one agent's: what rules everybody is security's and administrators'; what rules one agent also its owner's. */
export async function assertMayWrite(
  { agents }: Pick<Transaction, "agents">,
  by: Caller,
  address: OwnAddress,
): Promise<Agent | null> {
  if (address.kind !== "hand") {
    if (isSteward(by)) return null
    throw new Problem("not_allowed", "only security and administrators write what rules every agent")
  }
  const agent = await findAgent(agents, address.subject)
  const { id, owner, mandate, state } = agent
  assertAnswersFor(by, owner)
  if (!mandate || state === "retired" || state === "retiring")
    throw new Problem("agent_state_conflict", `${id} is ${state}: only an adopted agent has policies`)
  return agent
}

async function assertSeen(
  { policies }: Pick<Transaction, "policies">,
  { kind, subject }: ReturnType<typeof keptUnder>,
  seen: number,
): Promise<void> {
  const [latest] = await policies.history(kind, subject)
  const version = latest?.version ?? 0
  if (version === seen) return
  throw new Problem(
    "policy_conflict",
    `you saw version ${seen}, and version ${version} is in force: look at what changed, and save again`,
  )
}
