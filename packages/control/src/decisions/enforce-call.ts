import { type DecisionRecord, type Id, Problem } from "@tabard/core"
import { decide, type PolicyDecision } from "@tabard/policy"
import { exactQuestion } from "../approvals/exact-question.ts"
import { type Agreement, findAgreement } from "../approvals/find-agreement.ts"
import { peopleAsked } from "../approvals/people-asked.ts"
import { requestApproval } from "../approvals/request-approval.ts"
import { whyNotAsk } from "../approvals/why-not-ask.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { RecordGate } from "../audit/log/record-watch.ts"
import { type CountedBudget, countBudgets } from "../budgets/count-budgets.ts"
import { reachedWords, reserveBudgets, withoutRoom } from "../budgets/reserve-budgets.ts"
import { observeCall } from "../observe/observe-call.ts"
import { rehearsedBy } from "../observe/rehearsed-by.ts"
import { type AgentPrincipal, livePrincipal, TokenRefused } from "../tokens/check-token.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Attempt, Enforcement } from "./attempt.ts"
import { describedBy } from "./described-by.ts"
import { type EnforcementPoint, mayAskFor } from "./enforcement-point-store.ts"
import type { PoliciesInForce, PolicyKeeper } from "./policies-in-force.ts"
import { type Asking, actedForBy, agentsOf, callFactsOf, questionOf } from "./question.ts"
import { readBefore } from "./read-before.ts"
import { denial, recordDecision, type Verdict } from "./record-decision.ts"
import { recordDispute } from "./record-dispute.ts"
import { refuseAttempt } from "./refuse-attempt.ts"
import { beyondScope, takeCall } from "./token-limits.ts"
import { unrecordable } from "./unrecordable.ts"

/** The stores that enforcing touches. */
export type EnforceStores =
  | "agents"
  | "approvals"
  | "budgets"
  | "decisions"
  | "delegations"
  | "facts"
  | "instances"
  | "maintainers"
  | "observing"
  | "organisation"
  | "outbox"
  | "policies"
  | "risks"
  | "servers"
  | "tasks"
  | "teams"
  | "tokens"
  | "users"

export interface EnforceCallDeps extends RecordContext {
  readonly transact: Transact<EnforceStores>
  readonly policies: PolicyKeeper
  /** The door that asks. */
  readonly point: EnforcementPoint
  /** Asked first: what is consequential is not done while it could not be shown afterwards. */
  readonly record: RecordGate
}

type Stores = Pick<Transaction, EnforceStores>

/**
 * Decides one attempt and makes the decision stand: in one transaction it reads who asks and what is in force, spends
 * an approval where one was given for exactly this, and records the answer. Nothing may be forwarded before this has
 * answered `permit`; asked again with the same call id it answers the same and spends nothing twice.
 */
export async function enforceCall(given: EnforceCallDeps, attempt: Attempt): Promise<Enforcement> {
  const deps = { ...given, trace: attempt.trace }
  const stop = await given.record.stop()
  return deps.transact(async (tx) => {
    const { point } = deps
    const principal = await principalOf(deps, tx, attempt)
    if (principal instanceof TokenRefused) return refuseAttempt(deps, tx, { attempt, point }, principal)
    const asked = { attempt, point, principal }
    if (!mayAskFor(point, attempt.caller.agent)) return refuseAttempt(deps, tx, asked, notItsAgent())
    const inForce = await deps.policies.at(tx, { server: attempt.server.id, principal })
    const tool = inForce.tools.get(attempt.tool)
    if (!tool) return refuseAttempt(deps, tx, asked, unknownTool(attempt))
    const barred = beyondScope(principal, tool) ?? unrecordable(stop, tool)
    if (barred) return refuseAttempt(deps, tx, { ...asked, tool }, barred)

    const described = {
      ...(await describedBy(tx, agentsOf(principal))),
      ...(await rehearsedBy(tx, principal, inForce)),
      ...(await readBefore(tx, { ...inForce, ...principal })),
    }
    const counting = await countBudgets(
      tx,
      inForce.budgets,
      { ...attempt, server: attempt.server.id, tool, task: principal.task },
      deps.clock.now(),
    )
    if ("code" in counting) return refuseAttempt(deps, tx, { ...asked, tool }, counting)
    const { system } = inForce
    const asking: Asking = { ...asked, tool, system, ...described, ...counting }
    return decideAttempt(deps, tx, asking, inForce)
  })
}

/** Asks policies, and does what they say: to the call, or where its agent is observed, to what is kept of it. */
async function decideAttempt(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  inForce: PoliciesInForce,
): Promise<Enforcement> {
  const judge = (routes: readonly string[]): PolicyDecision =>
    decide(inForce.base, questionOf(deps, callFactsOf(asking), routes))
  const decided = judge([])
  await raiseDispute(deps, tx, asking, decided)
  const first: Verdict = { version: inForce.version, decided, approval: null }
  const observing = await observeCall(deps, tx, asking, { verdict: first, inForce })
  if (observing.kind === "through")
    return { effect: "permit", tool: asking.tool, decision: observing.decision }
  if (observing.kind === "spent") return refuseAttempt(deps, tx, asking, observing.limit)
  const verdict: Verdict = { ...first, ...(observing.kind === "held" && { observed: "held" }) }
  switch (decided.effect) {
    case "permit":
      return permit(deps, tx, asking, verdict)
    case "deny":
      return denial(await recordDecision(deps, tx, asking, verdict), decided.missing)
    case "ask":
      return askPeople(deps, tx, asking, { verdict, again: judge })
  }
}

/** What two judges differ about is denied; that they do is an alarm of its own. */
async function raiseDispute(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  { dispute }: PolicyDecision,
): Promise<void> {
  if (dispute === undefined) return
  await recordDispute(deps, tx, { ...callFactsOf(asking), call: asking.attempt.call }, dispute)
}

/** A permit stands where every budget has room for it and the token a call left; both are taken with it. */
async function permit(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  verdict: Verdict,
): Promise<Enforcement> {
  const barred = await takeAll(deps, tx, asking, verdict)
  if (barred) return barred
  return { effect: "permit", tool: asking.tool, decision: await recordDecision(deps, tx, asking, verdict) }
}

/** Takes what a permitted call takes, all of it or nothing; answers the refusal where something is used up. */
async function takeAll(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  verdict: Verdict,
): Promise<Enforcement | undefined> {
  const { attempt, principal, counted } = asking
  const full = await reserveBudgets(tx, attempt.call, counted)
  if (full) return stopped(deps, tx, asking, { verdict, not: limitReached(full) })
  const spent = await takeCall(tx, principal, attempt)
  if (!spent) return undefined
  await tx.budgets.settle(attempt.call, "returned")
  return refuseAttempt(deps, tx, asking, spent)
}

function limitReached(full: CountedBudget): Stopped {
  return { code: "limit_reached", words: reachedWords(full) }
}

async function principalOf(
  { clock }: RecordContext,
  tx: Stores,
  { caller }: Attempt,
): Promise<AgentPrincipal | TokenRefused> {
  try {
    return await livePrincipal(tx, caller, clock.now())
  } catch (error) {
    if (error instanceof TokenRefused) return error
    throw error
  }
}

function notItsAgent(): Problem {
  return new Problem("not_allowed", "this door may not ask for this agent")
}

function unknownTool({ server, tool }: Attempt): Problem {
  const words = `${server.name} has no reviewed tool ${tool.slice(0, 200)}; list the tools to see what may be called`
  return new Problem("tool_not_found", words)
}

/** What stops a call that policy would allow, or would have people asked about. */
interface Stopped {
  readonly code: string
  readonly words: string
}

/** What the first look said, and how to look again once people have agreed. */
interface Look {
  readonly verdict: Verdict
  readonly again: (routes: readonly string[]) => PolicyDecision
}

async function askPeople(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  look: Look,
): Promise<Enforcement> {
  const exact = exactQuestion(asking)
  const agreement = await findAgreement(tx, asking.attempt, { exact, now: deps.clock.now() })
  const { verdict } = look
  switch (agreement.kind) {
    case "agreed":
      return spendAgreement(deps, tx, asking, { look, agreement })
    case "refused": {
      const decided = { ...verdict.decided, effect: "deny", missing: agreement.words } as const
      const decision = await recordDecision(deps, tx, asking, { ...verdict, decided, code: agreement.code })
      return denial(decision, agreement.words)
    }
    case "none": {
      const { asks } = verdict.decided
      // Nobody is asked about what could not be done if they agreed.
      const full = withoutRoom(asking.counted)
      const routes = asks.map(({ route }) => route)
      const asked = await peopleAsked(tx, exact.question, routes)
      const not = full
        ? limitReached(full)
        : await whyNotAsk(tx, callFactsOf(asking), { hash: exact.hash, asked })
      if (not) return stopped(deps, tx, asking, { verdict, not })
      const approval = await requestApproval(deps, tx, asking, { exact, asks, asked })
      const decision =
        (await askedAlready(tx, asking, approval.id)) ??
        (await recordDecision(deps, tx, asking, { ...verdict, approval: approval.id }))
      return { effect: "ask", decision, approval, say: approval.say }
    }
  }
}

/** A call that waits is decided again and again; that it still waits is told once. */
async function askedAlready(
  { decisions }: Pick<Stores, "decisions">,
  { attempt }: Asking,
  approval: Id<"approval">,
): Promise<DecisionRecord | undefined> {
  const [latest] = await decisions.list({ call: attempt.call, limit: 1 })
  return latest?.effect === "ask" && latest.approval === approval ? latest : undefined
}

/** Policy is judged again with the agreement among its facts; only then is the approval used up, in the same transaction. */
async function spendAgreement(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  { look, agreement }: { look: Look; agreement: Agreement & { kind: "agreed" } },
): Promise<Enforcement> {
  const { approval } = agreement
  const { attempt, tool } = asking
  const decided = look.again(approval.routes)
  const verdict: Verdict = { ...look.verdict, decided, approval: approval.id }
  if (decided.effect !== "permit")
    return denial(await recordDecision(deps, tx, asking, verdict), decided.missing)

  const barred = await takeAll(deps, tx, asking, verdict)
  if (barred) return barred
  if (!(await tx.approvals.spend(approval.id, attempt.call, deps.clock.now()))) {
    throw new Problem("approval_spent", "another call used this approval; call again to ask anew")
  }
  const decision: DecisionRecord = await recordDecision(deps, tx, asking, verdict)
  // The same call asked again uses up nothing more.
  if (approval.spentBy !== null) return { effect: "permit", decision, tool }
  await recordEvent(deps, tx.outbox, {
    type: "approval.spent",
    actor: { kind: "agent", id: attempt.caller.agent, instance: attempt.caller.instance },
    agent: attempt.caller.agent,
    instance: attempt.caller.instance,
    owner: asking.principal.owner.id,
    ...actedForBy(asking.principal),
    task: attempt.caller.task,
    call: attempt.call,
    approval: approval.id,
    action: `${attempt.server.name}/${tool.name}`,
    resource: attempt.server.id,
  })
  return { effect: "permit", decision, tool }
}

async function stopped(
  deps: EnforceCallDeps,
  tx: Stores,
  asking: Asking,
  { verdict, not }: { verdict: Verdict; not: Stopped },
): Promise<Enforcement> {
  const decided = { ...verdict.decided, effect: "deny", missing: not.words } as const
  return denial(await recordDecision(deps, tx, asking, { ...verdict, decided, code: not.code }), not.words)
}
