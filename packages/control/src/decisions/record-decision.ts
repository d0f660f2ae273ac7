import { type DecisionGrounds, type DecisionRecord, type Id, newId, type Observed } from "@tabard/core"
import type { PolicyDecision } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { reservedInEvent } from "../budgets/reserve-budgets.ts"
import type { Transaction } from "../transaction.ts"
import type { Enforcement } from "./attempt.ts"
import { judgedArguments } from "./judged-arguments.ts"
import { type Asking, actedForBy, callFactsOf, questionOf } from "./question.ts"

/** What was decided, on which version, with which approval. */
export interface Verdict {
  readonly version: number
  readonly decided: PolicyDecision
  readonly approval: Id<"approval"> | null
  /** Where people's word and not a policy brought it about. */
  readonly code?: string
  /** Where its agent was observed. */
  readonly observed?: Observed
}

/** Keeps a decision and its event, in the transaction that makes it stand. */
export async function recordDecision(
  deps: RecordContext,
  tx: Pick<Transaction, "decisions" | "outbox">,
  asking: Asking,
  verdict: Verdict,
): Promise<DecisionRecord> {
  const { attempt, principal, tool, risk, counted } = asking
  const { caller, server, call } = attempt
  const { effect, reasons, erred } = verdict.decided
  const { onBehalfOf } = actedForBy(principal)
  const actedFor = onBehalfOf ? { onBehalfOf } : {}
  const judged = judgedArguments(tool, attempt)
  const decision: DecisionRecord = {
    id: newId("decision", deps.clock),
    call,
    agent: caller.agent,
    task: caller.task,
    action: `${server.name}/${tool.name}`,
    resource: server.id,
    effect,
    code: verdict.code ?? verdict.decided.code,
    reasons: [...reasons, ...erred],
    approval: verdict.approval,
    version: verdict.version,
    observed: verdict.observed ?? null,
    at: deps.clock.now(),
    ...actedFor,
    grounds: groundsOf(deps, asking, verdict),
    effects: tool.effects,
    ...(judged && { judged }),
  }
  await tx.decisions.insert(decision)
  const { id, code, version, observed } = decision
  await recordEvent(deps, tx.outbox, {
    type: "call.decided",
    actor: { kind: "agent", id: caller.agent, instance: caller.instance },
    agent: caller.agent,
    instance: caller.instance,
    owner: principal.owner.id,
    ...actedForBy(principal),
    task: caller.task,
    call,
    ...(verdict.approval && { approval: verdict.approval }),
    action: decision.action,
    resource: decision.resource,
    decision: { id, effect, code, reasons: decision.reasons, version, ...(observed && { observed }) },
    tool: { name: tool.name, digest: tool.digest, effects: [...tool.effects] },
    risk,
    data: {
      toolDigest: tool.digest,
      ...(effect === "permit" && counted.length > 0 && { reserved: reservedInEvent(counted) }),
    },
  })
  return decision
}

function groundsOf(
  deps: RecordContext,
  asking: Asking,
  { decided: { links, asks, missing } }: Verdict,
): DecisionGrounds {
  const { attempt, tool, counted } = asking
  const { session, links: told } = questionOf(deps, callFactsOf(asking), [])
  const { door, env, bound, posture = [], ip, prov, left } = session
  return {
    links,
    asks,
    missing,
    tool: tool.name,
    toolDigest: tool.digest,
    instance: attempt.caller.instance,
    circumstances: {
      door,
      env,
      bound,
      posture,
      ...(ip !== undefined && { ip }),
      ...(prov && { prov }),
    },
    toolVersion: tool.id,
    agents: told.agents,
    left,
    used: counted.map(({ subject, budget, used }) => ({ subject, budget: budget.name, used })),
  }
}

/** A deny as a door hears it. */
export function denial(decision: DecisionRecord, words: string): Enforcement {
  return { effect: "deny", decision, code: decision.code, words }
}
