import type { DecisionRecord, Effect } from "@tabard/core"
import { decide } from "@tabard/policy"
import { exactQuestion } from "../approvals/exact-question.ts"
import { peopleAsked } from "../approvals/people-asked.ts"
import { whyNotAsk } from "../approvals/why-not-ask.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { reachedWords, reserveBudgets, withoutRoom } from "../budgets/reserve-budgets.ts"
import type { PoliciesInForce } from "../decisions/policies-in-force.ts"
import { type Asking, callFactsOf, questionOf } from "../decisions/question.ts"
import { recordDecision, type Verdict } from "../decisions/record-decision.ts"
import { type TokenLimit, takeCall } from "../decisions/token-limits.ts"
import type { Transaction } from "../transaction.ts"
import { keptArguments } from "./kept-arguments.ts"
import { letsThrough, rehearsedOf, subjectsRehearsed } from "./lets-through.ts"
import { isObserving, MOST_OBSERVED } from "./observe-store.ts"

/** What observe mode does about a call. */
export type Observing =
  /** Its agent is not observed: what was decided is enforced. */
  | { readonly kind: "enforced" }
  /** Its agent is observed, and this holds for it all the same. */
  | { readonly kind: "held" }
  | { readonly kind: "spent"; readonly limit: TokenLimit }
  | { readonly kind: "through"; readonly decision: DecisionRecord }

type Stores = Pick<
  Transaction,
  | "agents"
  | "approvals"
  | "budgets"
  | "decisions"
  | "maintainers"
  | "observing"
  | "outbox"
  | "teams"
  | "tokens"
  | "users"
>

/**
 * Lets a call of an observed agent through, and records what would have been decided of it. Who asks, the organisation's
 * guard-rails, ceilings, the person's side, everybody else's limits and what a token is good for hold as ever; the agent's own bounds, its
 * run's, its limits and questions to people are rehearsed. That it still is observed is settled by the statement that counts the call.
 */
export async function observeCall(
  deps: RecordContext,
  tx: Stores,
  asking: Asking,
  { verdict, inForce }: { readonly verdict: Verdict; readonly inForce: PoliciesInForce },
): Promise<Observing> {
  const { principal, environment } = asking
  const period = await tx.observing.find(principal.agent.id)
  if (!period || period.endedAt !== null) return { kind: "enforced" }
  // Two replicas whose clocks differ have it end at once: by the time that limits are told by too.
  const now = await tx.budgets.time(deps.clock.now())
  if (!isObserving(period, { environment, now })) return { kind: "enforced" }

  const rehearsed = rehearsedOf(principal)
  const held = decide(inForce.rehearsing(rehearsed), questionOf(deps, callFactsOf(asking), []))
  if (!letsThrough(held, rehearsed)) return { kind: "held" }
  const would = await wouldHaveBeen(tx, asking, verdict)
  return would ? letThrough(deps, tx, asking, { would, now }) : { kind: "held" }
}

async function letThrough(
  deps: RecordContext,
  tx: Stores,
  asking: Asking,
  { would, now }: { readonly would: Verdict; readonly now: Date },
): Promise<Observing> {
  const { attempt, principal } = asking
  const [latest] = await tx.decisions.list({ call: attempt.call, limit: 1 })
  const isAgain = latest?.observed === "let_through"
  const calls = await tx.observing.count(principal.agent.id, { now, more: isAgain ? 0 : 1 })
  if (calls === undefined) return givenBack(tx, asking, { kind: "enforced" })
  const limit = await takeCall(tx, principal, attempt)
  if (limit) return givenBack(tx, asking, { kind: "spent", limit })

  const verdict = { ...would, observed: "let_through" } as const
  const decision = await recordDecision(deps, tx, asking, verdict)
  if (!isAgain && calls <= MOST_OBSERVED) await keep(deps, tx, asking, { verdict, decision })
  return { kind: "through", decision }
}

/** What is not let through has taken nothing for it. */
async function givenBack(
  { budgets }: Pick<Stores, "budgets">,
  { attempt }: Asking,
  instead: Observing,
): Promise<Observing> {
  await budgets.settle(attempt.call, "returned")
  return instead
}

/**
 * What enforcing would have answered: a permit where no limit was reached, a question where there was somebody to ask. Undefined where
 * a limit is reached that is somebody else's, and holds.
 */
async function wouldHaveBeen(tx: Stores, asking: Asking, verdict: Verdict): Promise<Verdict | undefined> {
  const { attempt, counted } = asking
  const own = subjectsRehearsed(rehearsedOf(asking.principal))
  const others = counted.filter(({ subject }) => !own.includes(subject))
  // A call that would have been permitted takes what it would have taken, so that the next one meets the same limit.
  const full =
    verdict.decided.effect === "permit" ? await reserveBudgets(tx, attempt.call, counted) : undefined
  if (verdict.decided.effect === "permit" && !full) return verdict
  // Whatever its own bounds say, the call is made: it takes what it takes from everybody else.
  if (await reserveBudgets(tx, attempt.call, others)) return undefined
  return full
    ? stopped(verdict, "limit_reached", reachedWords(full))
    : unlessNobodyIsThere(tx, asking, verdict)
}

async function unlessNobodyIsThere(tx: Stores, asking: Asking, verdict: Verdict): Promise<Verdict> {
  if (verdict.decided.effect !== "ask") return verdict
  const full = withoutRoom(asking.counted)
  if (full) return stopped(verdict, "limit_reached", reachedWords(full))
  const { hash, question } = exactQuestion(asking)
  const routes = verdict.decided.asks.map(({ route }) => route)
  const asked = await peopleAsked(tx, question, routes)
  const not = await whyNotAsk(tx, callFactsOf(asking), { hash, asked })
  return not ? stopped(verdict, not.code, not.words) : verdict
}

function stopped(verdict: Verdict, code: string, missing: string): Verdict {
  return { ...verdict, code, decided: { ...verdict.decided, effect: "deny", missing } }
}

async function keep(
  deps: RecordContext,
  tx: Stores,
  asking: Asking,
  { verdict, decision }: { readonly verdict: Verdict; readonly decision: DecisionRecord },
): Promise<void> {
  const { attempt, principal, tool } = asking
  const { session } = questionOf(deps, callFactsOf(asking), [])
  const { task, agent } = principal
  const own: readonly string[] = [agent.id, ...(task ? [task.id] : [])]
  const others = verdict.decided.links.filter(({ id }) => !own.includes(id)).map(({ effect }) => effect)
  await tx.observing.keep({
    decision: decision.id,
    agent: agent.id,
    at: decision.at,
    server: attempt.server.id,
    tool: tool.name,
    digest: tool.digest,
    effect: decision.effect,
    code: decision.code,
    reasons: decision.reasons,
    others: leastOf(others),
    ...keptArguments(tool, attempt.arguments, attempt.resolvedPaths),
    circumstances: {
      task: task !== null && task !== undefined,
      door: session.door,
      environment: session.env,
      bound: session.bound,
      ...(session.ip !== undefined && { ip: session.ip }),
      posture: [...(session.posture ?? [])],
    },
  })
}

function leastOf(effects: readonly Effect[]): Effect {
  return (["deny", "ask"] as const).find((effect) => effects.includes(effect)) ?? "permit"
}
