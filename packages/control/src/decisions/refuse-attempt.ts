import { type DecisionRecord, newId, type Problem, type ToolVersion } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Uncounted } from "../budgets/count-budgets.ts"
import type { AgentPrincipal, TokenRefused } from "../tokens/check-token.ts"
import type { Transaction } from "../transaction.ts"
import type { Attempt, Enforcement } from "./attempt.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"
import { judgedArguments } from "./judged-arguments.ts"
import { actedForBy, assertedIn } from "./question.ts"
import type { TokenLimit } from "./token-limits.ts"

/** An attempt that no policy is asked about, with as much as was known of it by then. */
export interface RefusedAttempt {
  readonly attempt: Attempt
  readonly point: EnforcementPoint
  readonly principal?: AgentPrincipal
  readonly tool?: ToolVersion
}

/** Refuses an attempt before any policy was asked: it is kept and recorded like any other. */
export async function refuseAttempt(
  deps: RecordContext,
  tx: Pick<Transaction, "decisions" | "organisation" | "outbox">,
  refused: RefusedAttempt,
  problem: Problem | TokenLimit | TokenRefused | Uncounted,
): Promise<Enforcement> {
  const { attempt, principal } = refused
  const { caller, call } = attempt
  const decision = decisionOf(deps, refused, { problem, version: await tx.organisation.version() })
  await tx.decisions.insert(decision)
  const { id, effect, code, reasons, version, action, resource } = decision
  await recordEvent(deps, tx.outbox, {
    type: "call.decided",
    actor: { kind: "agent", id: caller.agent, instance: caller.instance },
    agent: caller.agent,
    instance: caller.instance,
    ...(principal && { owner: principal.owner.id, ...actedForBy(principal) }),
    task: caller.task,
    call,
    action,
    resource,
    decision: { id, effect, code, reasons, version },
  })
  const denied = { effect: "deny", decision, code, words: problem.message } as const
  if (!("scope" in problem) || !problem.scope) return denied
  return { ...denied, scope: problem.scope, signsIn: problem.signsIn ?? false }
}

/** The longest name of a tool that is kept: of an unknown one it is the caller's word. */
const LONGEST_NAME = 200

function decisionOf(
  { clock }: RecordContext,
  { attempt, point, principal, tool: known }: RefusedAttempt,
  { problem, version }: { readonly problem: { code: string; message: string }; readonly version: number },
): DecisionRecord {
  const { caller, server, call } = attempt
  // Of what nobody has reviewed the name is a stranger's, and not every store keeps every character.
  const tool = attempt.tool.slice(0, LONGEST_NAME).toWellFormed().replaceAll("\0", "\uFFFD")
  const onBehalfOf = principal && actedForBy(principal).onBehalfOf
  const judged = known && judgedArguments(known, attempt)
  const { ip } = assertedIn({ point, circumstances: { ...(caller.address && { ip: caller.address }) } })
  return {
    id: newId("decision", clock),
    call,
    agent: caller.agent,
    task: caller.task,
    action: `${server.name}/${tool}`,
    resource: server.id,
    effect: "deny",
    code: problem.code,
    reasons: [],
    approval: null,
    version,
    observed: null,
    at: clock.now(),
    ...(onBehalfOf && { onBehalfOf }),
    ...(known && { effects: known.effects }),
    ...(judged && { judged }),
    grounds: {
      links: [],
      asks: [],
      missing: problem.message,
      tool,
      ...(known && { toolDigest: known.digest, toolVersion: known.id }),
      instance: caller.instance,
      circumstances: {
        door: point.kind,
        bound: caller.jkt === null ? "none" : "dpop",
        ...(ip !== undefined && { ip }),
      },
    },
  }
}
