import {
  type Agent,
  type Id,
  newId,
  Problem,
  type TrustFields,
  type TrustRule,
  type TrustTerms,
} from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { type AssessStores, reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import { requireActiveAgent } from "../tokens/require-active-agent.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { conditionWords } from "./trust-condition.ts"

/** What making a trust rule needs. */
export interface TrustRuleDeps extends RecordContext {
  readonly transact: Transact<"outbox" | "tokens" | keyof AssessStores>
}

/** A rule to be made: for which agent, under which name, of which form. */
export interface NewTrustRule {
  readonly agent: string
  readonly name: string
  readonly fields: TrustFields
  readonly terms: TrustTerms
}

/** The most live rules of one agent: more is a sign that it is several. */
export const MOST_RULES = 50

/**
 * Lets workloads that meet the terms be an install of the agent. The agent's owner may, as may security and
 * administrators: a rule widens nothing that the agent may do, it says what proves itself as it. The agent itself never
 * may, nor who only helps with it.
 *
 * @throws {Problem} not_allowed, agent_not_found, agent_not_active, agent_orphaned, agent_expired, trust_rule_invalid
 */
export async function makeTrustRule(deps: TrustRuleDeps, by: Caller, wish: NewTrustRule): Promise<TrustRule> {
  return deps.transact(async (tx) => {
    const { agent } = await requireTrusting(tx, by, wish.agent, deps.clock.now())
    const rule = ruleOf(deps, by.id, { ...wish, agent: agent.id })
    if ((await tx.trustRules.list({ agent: agent.id, limit: MOST_RULES })).length === MOST_RULES)
      throw new Problem(
        "trust_rule_invalid",
        `an agent has at most ${MOST_RULES} trust rules: remove one first`,
      )
    if (!(await tx.trustRules.add(rule)))
      throw new Problem("trust_rule_invalid", "this agent has a trust rule of that name: choose another name")
    await tx.instances.insert(installOf(rule))
    await tx.organisation.bumpVersion()
    await recordMade(deps, tx, { agent, rule })
    await reassessAgents(deps, tx, [agent.id])
    return rule
  })
}

/**
 * Answers the agent that somebody wants to make a rule for, or to look at what one would take.
 *
 * @throws {Problem} not_allowed, agent_not_found, agent_not_active, agent_orphaned, agent_expired
 */
export async function requireTrusting(
  tx: Pick<Transaction, "agents" | "users">,
  by: Caller,
  id: string,
  now: Date,
): Promise<{ readonly agent: Agent }> {
  const agent = await findAgent(tx.agents, id)
  assertAnswersFor(by, agent.owner)
  return requireActiveAgent(tx, agent.id, now)
}

function ruleOf(
  { clock }: TrustRuleDeps,
  madeBy: Id<"user">,
  { agent, name, fields, terms }: NewTrustRule & { readonly agent: Id<"agent"> },
): TrustRule {
  return {
    ...terms,
    id: newId("trustRule", clock),
    agent,
    instance: newId("instance", clock),
    name,
    fields,
    madeBy,
    madeAt: clock.now(),
    removedAt: null,
  }
}

function installOf({
  instance,
  agent,
  name,
  madeAt,
}: TrustRule): Parameters<Transaction["instances"]["insert"]>[0] {
  return {
    id: instance,
    agent,
    kind: "federated",
    label: name,
    jwk: null,
    thumbprint: null,
    enrolledAt: madeAt,
    lastUsedAt: null,
    revokedAt: null,
  }
}

async function recordMade(
  deps: TrustRuleDeps,
  { outbox }: Pick<Transaction, "outbox">,
  { agent, rule }: { agent: Agent; rule: TrustRule },
): Promise<void> {
  const { id, name, form, issuer, audience, conditions, oneTime, maxLifeSeconds, counts } = rule
  await recordEvent(deps, outbox, {
    type: "trust-rule.made",
    actor: { kind: "user", id: rule.madeBy },
    agent: agent.id,
    instance: rule.instance,
    owner: agent.owner,
    data: {
      rule: id,
      name,
      form,
      issuer,
      audience,
      conditions: conditions.map(conditionWords),
      oneTime,
      maxLifeSeconds,
      networks: counts.networks,
      hours: counts.hours.map(({ days, ...others }) => ({ ...others, days: [...days] })),
    },
  })
}
