import { type Agent, type Id, isId, Problem, type TrustRule } from "@tabard/core"
import type { Actor, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { reassessAgents } from "../findings/reassess-agents.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import type { Transaction } from "../transaction.ts"
import { MOST_RULES, type TrustRuleDeps } from "./make-trust-rule.ts"

/** The stores that ending a rule touches. */
export type TrustEnding = Pick<Transaction, "instances" | "outbox" | "tokens" | "trustRules">

/** A rule to end, on whose word, and why. */
interface RuleEnd {
  readonly agent: Pick<Agent, "id" | "owner">
  readonly actor: Actor
  readonly reason: string
}

/**
 * Ends a rule, and with it its install, every token that its workloads were issued, and what came from those.
 *
 * @throws {Problem} trust_rule_not_found, not_allowed
 */
export async function removeTrustRule(
  deps: TrustRuleDeps,
  by: Caller,
  { rule: id, reason }: { rule: string; reason: string },
): Promise<TrustRule> {
  return deps.transact(async (tx) => {
    const rule = await findTrustRule(tx, id)
    const agent = { id: rule.agent, owner: (await tx.agents.find(rule.agent))?.owner ?? null }
    assertAnswersFor(by, agent.owner)
    const ended = await endRule(deps, tx, rule, { agent, actor: { kind: "user", id: by.id }, reason })
    if (!ended) throw noRule(id)
    await tx.organisation.bumpVersion()
    await reassessAgents(deps, tx, [agent.id])
    return { ...rule, removedAt: deps.clock.now() }
  })
}

/**
 * Ends every rule of an agent, or the one of an install, each with its event; whoever calls this raises the version.
 * Answers how many.
 */
export async function endTrustOf(
  deps: RecordContext,
  tx: TrustEnding,
  { instance, ...end }: RuleEnd & { readonly instance?: Id<"instance"> },
): Promise<number> {
  const rules = await tx.trustRules.list({ agent: end.agent.id, limit: MOST_RULES })
  let ended = 0
  for (const rule of rules.filter((one) => instance === undefined || one.instance === instance))
    if (await endRule(deps, tx, rule, end)) ended++
  return ended
}

async function endRule(
  deps: RecordContext,
  tx: TrustEnding,
  rule: TrustRule,
  { agent, actor, reason }: RuleEnd,
): Promise<boolean> {
  const now = deps.clock.now()
  if (!(await tx.trustRules.remove(rule.id, now))) return false
  await tx.instances.revoke(rule.instance, now)
  const tokens = await tx.tokens.revoke({ agent: agent.id, instance: rule.instance }, now)
  await recordEvent(deps, tx.outbox, {
    type: "trust-rule.removed",
    actor,
    agent: agent.id,
    instance: rule.instance,
    owner: agent.owner,
    data: { rule: rule.id, name: rule.name, issuer: rule.issuer, tokens, reason },
  })
  return true
}

/**
 * Answers a live rule by what a caller named it.
 *
 * @throws {Problem} trust_rule_not_found
 */
export async function findTrustRule(
  { trustRules }: Pick<Transaction, "trustRules">,
  id: string,
): Promise<TrustRule> {
  const rule = isId("trustRule", id) ? await trustRules.find(id) : undefined
  if (!rule || rule.removedAt) throw noRule(id)
  return rule
}

function noRule(id: string): Problem {
  return new Problem("trust_rule_not_found", `there is no trust rule ${id.slice(0, 80)} (any more)`)
}
