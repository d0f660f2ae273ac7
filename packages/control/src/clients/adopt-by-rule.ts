import type { Agent, ClientRule, Terms, User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { activateIfAgreed, takeOn } from "../lifecycle/take-on.ts"
import type { Transaction } from "../transaction.ts"
import type { IntroducedClient } from "./agent-of-client.ts"

const DAY_MS = 24 * 3600 * 1000

/** Answers what a rule may name a client by, the closest first. */
export function matchesOf({ id, host }: IntroducedClient): readonly string[] {
  return host === null ? [id] : [id, host]
}

/**
 * Adopts a discovered agent for the person who signs its client in, where a rule of an administrator's says so. The
 * rule is the second person's word, given in advance, so it does not count for its own maker.
 */
export async function adoptByRule(
  deps: RecordContext,
  tx: Pick<Transaction, "agents" | "clients" | "organisation" | "outbox" | "policies" | "users">,
  { user, client, agent }: { user: User; client: IntroducedClient; agent: Agent },
): Promise<void> {
  if (agent.state !== "discovered") return
  const rule = await tx.clients.ruleFor(matchesOf(client))
  const maker = rule && (await tx.users.find(rule.createdBy))
  if (!rule || !maker?.active || maker.role !== "administrator") return

  const taken = await takeOn(deps, tx, { agent, owner: user.id, terms: termsOf(deps, rule) })
  await recordEvent(deps, tx.outbox, {
    type: "agent.proposed",
    actor: { kind: "user", id: user.id },
    agent: agent.id,
    owner: user.id,
    data: { tier: rule.tier, purpose: rule.purpose, clientRule: rule.id },
  })
  const agreed = maker.id === user.id ? taken : await approvedBy(tx, taken, rule)
  await activateIfAgreed(deps, tx, agreed)
}

function termsOf({ clock }: RecordContext, { purpose, tier, days, createdBy }: ClientRule): Terms {
  return { purpose, tier, expiresAt: new Date(clock.now().getTime() + days * DAY_MS), proposedBy: createdBy }
}

async function approvedBy(
  { agents }: Pick<Transaction, "agents">,
  agent: Agent,
  { createdBy }: ClientRule,
): Promise<Agent> {
  const { mandate, owner } = agent
  if (!mandate || !owner || mandate.oversight !== "two-person") return agent
  const approved = { ...mandate, approvedBy: createdBy }
  await agents.assign(agent.id, owner, approved)
  return { ...agent, mandate: approved }
}
