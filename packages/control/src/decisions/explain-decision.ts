import {
  type Approval,
  type DecisionRecord,
  type Id,
  isJsonObject,
  type JsonObject,
  Problem,
} from "@tabard/core"
import { readPolicy } from "@tabard/policy"
import { loggedBody } from "../audit/event/read-values.ts"
import { byHandOf } from "../policies/own-address.ts"
import type { Transaction } from "../transaction.ts"
import { findDecision } from "./find-decision.ts"
import type { PolicySet } from "./policy-store.ts"

/** A policy that a decision rests on, as it was when it was decided. */
export interface ExplainedPolicy {
  readonly id: string
  readonly effect: "permit" | "forbid"
  /** Its own words; null where it has none. */
  readonly say: string | null
  readonly text: string
  readonly set: Pick<PolicySet, "kind" | "subject" | "version" | "author">
}

/** A decision, and all that explains it. */
export interface Explanation {
  readonly decision: DecisionRecord
  /** In the order of the decision's reasons; one that nobody kept is left out. */
  readonly policies: readonly ExplainedPolicy[]
  readonly approval: Approval | undefined
  /** Null where they were not kept, or are forgotten since. */
  readonly arguments: JsonObject | null
  /** Which of them were not kept, by their place: other words stand there. */
  readonly withheld: readonly string[]
  /** The event of the record that tells of it. */
  readonly event: Id<"event"> | undefined
}

/** The stores that explaining reads. */
export type ExplainStores = Pick<Transaction, "approvals" | "decisions" | "outbox" | "policies">

/** More events than these has no call about which people are asked. */
const MOST_EVENTS = 100

/**
 * Answers a decision, or the newest one of a call, with the policies that brought it about as they stood when it was made.
 *
 * @throws {Problem} decision_not_found
 */
export async function explainDecision(tx: ExplainStores, id: string): Promise<Explanation> {
  const decision = await findDecision(tx, id)
  const approval = decision.approval === null ? undefined : await tx.approvals.find(decision.approval)
  return {
    decision,
    approval,
    ...argumentsOf(decision, approval),
    policies: await policiesOf(tx, decision),
    event: await eventOf(tx, decision),
  }
}

/** Answers whose policies concerned a decision, the links of its chain. */
export function subjectsOf({ agent, task, onBehalfOf, grounds }: DecisionRecord): readonly string[] {
  const links = grounds?.links.map(({ id }) => id) ?? [agent]
  const known = [agent, ...links, ...(task ? [task] : []), ...(onBehalfOf ? [onBehalfOf] : [])]
  return [...new Set(known.flatMap((id) => [id, byHandOf(id)]))]
}

/** People were shown all of them; otherwise they are told as far as they were kept. */
function argumentsOf(
  { judged }: DecisionRecord,
  approval: Approval | undefined,
): Pick<Explanation, "arguments" | "withheld"> {
  if (approval?.question.kind === "call") return { arguments: approval.question.arguments, withheld: [] }
  return { arguments: judged?.arguments ?? null, withheld: judged?.withheld ?? [] }
}

async function policiesOf(
  { policies }: Pick<Transaction, "policies">,
  decision: DecisionRecord,
): Promise<readonly ExplainedPolicy[]> {
  const sets = await policies.concerned(subjectsOf(decision), decision.at)
  const texts = new Map(
    sets.flatMap((set) => set.policies.map(({ id, text }) => [id, { id, text, set }] as const)),
  )
  return decision.reasons.flatMap((id) => {
    const found = texts.get(id)
    return found ? [explained(found)] : []
  })
}

function explained({
  id,
  text,
  set: { kind, subject, version, author },
}: {
  readonly id: string
  readonly text: string
  readonly set: PolicySet
}): ExplainedPolicy {
  const read = readPolicy(text)
  if (read.type === "failure") throw new Problem("policy_invalid", `${id} is kept and cannot be read`)
  const { effect, annotations } = read.json
  return { id, effect, say: annotations?.["say"] ?? null, text, set: { kind, subject, version, author } }
}

async function eventOf(
  { outbox }: Pick<Transaction, "outbox">,
  { call, id }: DecisionRecord,
): Promise<Id<"event"> | undefined> {
  const events = await outbox.list({ call, type: "call.decided", limit: MOST_EVENTS })
  return events.find((event) => decidedIn(loggedBody(event)) === id)?.id
}

function decidedIn({ decision }: JsonObject): unknown {
  return isJsonObject(decision) ? decision["id"] : undefined
}
