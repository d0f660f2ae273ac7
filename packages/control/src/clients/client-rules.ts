import { type ClientRule, type Id, newId, Problem, type TierName } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { requireTier } from "../policies/tiers-in-force.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"
import { assertClientMatch } from "./client-match.ts"

/** What keeping rules of adoption needs. */
export interface ClientRuleDeps extends RecordContext {
  readonly transact: Transact<"clients" | "outbox" | "policies">
}

/** A rule as an administrator writes it. */
export interface ClientRuleWish {
  readonly match: string
  readonly purpose: string
  readonly tier: TierName
  readonly days: number
}

/** The longest that an adoption by a rule lasts, in days. */
export const MOST_RULE_DAYS: number = 366

/**
 * Lets a client be adopted for whoever signs it in. It is an administrator's word in advance, so it is one of theirs
 * alone; and nobody's word for themselves: where its maker signs the client in, a second person still has to look.
 *
 * @throws {Problem} not_allowed, body_invalid, client_rule_exists
 */
export async function addClientRule(
  deps: ClientRuleDeps,
  by: Caller,
  wish: ClientRuleWish,
): Promise<ClientRule> {
  assertMayRule(by)
  assertClientMatch(wish.match)
  if (!Number.isInteger(wish.days) || wish.days < 1 || wish.days > MOST_RULE_DAYS)
    throw new Problem("body_invalid", `an adoption by rule lasts 1 to ${MOST_RULE_DAYS} days`)
  const rule: ClientRule = {
    ...wish,
    id: newId("clientRule", deps.clock),
    createdBy: by.id,
    createdAt: deps.clock.now(),
    removedAt: null,
  }
  await deps.transact(async ({ clients, outbox, policies }) => {
    await requireTier({ policies }, rule.tier)
    if (!(await clients.addRule(rule)))
      throw new Problem("client_rule_exists", `there is a rule for ${wish.match} already: remove it first`)
    await recordEvent(deps, outbox, {
      type: "client.rule-made",
      actor: { kind: "user", id: by.id },
      data: {
        clientRule: rule.id,
        match: rule.match,
        tier: rule.tier,
        days: rule.days,
        purpose: rule.purpose,
      },
    })
  })
  return rule
}

/**
 * Ends a rule. What was adopted by it stays adopted, until its own end.
 *
 * @throws {Problem} not_allowed, client_rule_not_found
 */
export async function removeClientRule(deps: ClientRuleDeps, by: Caller, id: string): Promise<void> {
  assertMayRule(by)
  await deps.transact(async ({ clients, outbox }) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a word that is no id finds nothing
    const rule = await clients.removeRule(id as Id<"clientRule">, deps.clock.now())
    if (!rule) throw new Problem("client_rule_not_found", "there is no such rule in force (any more)")
    await recordEvent(deps, outbox, {
      type: "client.rule-removed",
      actor: { kind: "user", id: by.id },
      data: { clientRule: rule.id, match: rule.match },
    })
  })
}

function assertMayRule(by: Caller): void {
  if (by.role !== "administrator")
    throw new Problem("not_allowed", "only administrators decide which clients are adopted for everybody")
}
