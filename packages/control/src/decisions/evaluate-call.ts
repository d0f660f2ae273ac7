import { type Id, type JsonObject, Problem, type ToolVersion } from "@tabard/core"
import { decide, type PolicyDecision, type Question } from "@tabard/policy"
import { exactAct } from "../approvals/exact-question.ts"
import { standingAgreement } from "../approvals/find-agreement.ts"
import { peopleAsked } from "../approvals/people-asked.ts"
import { whyNotAsk } from "../approvals/why-not-ask.ts"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { countBudgets } from "../budgets/count-budgets.ts"
import { reachedWords, withoutRoom } from "../budgets/reserve-budgets.ts"
import { TokenRefused } from "../tokens/check-token.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { EvidenceMissing } from "./as-issued.ts"
import { type EnforcementPoint, mayAskFor } from "./enforcement-point-store.ts"
import { type EvaluationInputs, type InputStore, readInputs, type Who } from "./evaluation-inputs.ts"
import type { KnownInputs } from "./known-inputs.ts"
import type { PolicyKeeper } from "./policies-in-force.ts"
import { type CallFacts, type Circumstances, chainOf, linksOf, questionOf } from "./question.ts"
import { recordDispute } from "./record-dispute.ts"
import { beyondScope, CALLS_SPENT } from "./token-limits.ts"

/** The stores that evaluating reads. */
export type EvaluateStore = InputStore | "approvals" | "budgets" | "maintainers"

export interface EvaluateCallDeps extends RecordContext {
  readonly snapshot: Snapshot<EvaluateStore>
  readonly transact: Transact<"outbox" | "servers">
  readonly policies: PolicyKeeper
  readonly known: KnownInputs
}

/** A call that somebody would make. */
export interface WouldBeCall {
  readonly who: Who
  readonly server: Id<"server">
  readonly tool: string
  readonly arguments: JsonObject
  /** The digest of the tool's definition that the caller saw, where it says; another than the reviewed one denies. */
  readonly digest?: string | undefined
  /** Who asks. A token that asks about itself comes by a door for that agent alone, which asserts nothing. */
  readonly point: Pick<EnforcementPoint, "kind" | "subjects" | "asserts">
  readonly circumstances?: Circumstances
  /** The version of all inputs that the answer has to know at least, as an earlier answer or a change named it. */
  readonly atLeast?: number
  /** Makes the question one that a person supposes; what people have agreed to does not count then. */
  readonly supposing?: Supposing
}

/** What somebody supposes in place of what holds: of the question, and of what is left of limits. */
export interface Supposing {
  readonly question: (question: Question) => Question
  readonly counted: (counted: CallFacts["counted"]) => CallFacts["counted"]
}

/** What enforcing the same call would answer, and why. A code may be that of a refusal before any policy was asked. */
export interface CallEvaluation extends Omit<PolicyDecision, "code"> {
  readonly code: string
}

/**
 * Answers what enforcing a call would answer now, without any effect: nothing is reserved, spent, asked of people or
 * recorded, so the same question has the same answer. What is known afresh answers without the store; where people are to be
 * asked, everything is read in one snapshot together with what they have said.
 */
export async function evaluateCall(deps: EvaluateCallDeps, call: WouldBeCall): Promise<CallEvaluation> {
  const { inputs, answer } = await answered(deps, call)
  if (inputs && answer.dispute !== undefined) await raiseDispute(deps, inputs, call, answer.dispute)
  return answer
}

async function answered(deps: EvaluateCallDeps, call: WouldBeCall): Promise<Read> {
  const now = deps.clock.now()
  const known = deps.known.get(call, now)
  if (known) return fromKnown(deps, call, known) ?? readAndKeep(deps, call, now)
  // Of many that ask at once, one reads what the others are answered from.
  const reading = deps.known.readingOf(call)
  if (!reading) return deps.known.reading(call, readAndKeep(deps, call, now))
  await reading
  const read = deps.known.get(call, now)
  return (read && fromKnown(deps, call, read)) ?? readAndKeep(deps, call, now)
}

/** Answers from what is known afresh, as far as that can be. */
function fromKnown(deps: EvaluateCallDeps, call: WouldBeCall, known: EvaluationInputs): Read | undefined {
  if (!mayAsk(call) || known.version < (call.atLeast ?? 0) || !isUncounted(known)) return undefined
  const answer = judge(deps, { ...known, counted: [] }, call)
  return answer.effect !== "ask" || call.supposing ? { inputs: known, answer } : undefined
}

/** What is counted, and what was read before, is read each time: it changes with every call, and no version with it. */
function isUncounted({ budgets, base }: EvaluationInputs): boolean {
  return budgets.size === 0 && !base.asksRead
}

async function readAndKeep(deps: EvaluateCallDeps, call: WouldBeCall, now: Date): Promise<Read> {
  const { changes } = deps.known
  const read = await deps.snapshot((tx) => readAndJudge(deps, tx, call, now))
  if (read.inputs) deps.known.keep(call, read.inputs, { now, changes })
  return read
}

/** That two judges differ is recorded even of what is only evaluated: nothing else would tell of it. */
async function raiseDispute(
  deps: EvaluateCallDeps,
  { principal, tools }: EvaluationInputs,
  { server, tool: name }: WouldBeCall,
  dispute: string,
): Promise<void> {
  const tool = tools.get(name)
  if (tool) await deps.transact((tx) => recordDispute(deps, tx, { principal, server, tool }, dispute))
}

interface Read {
  readonly inputs?: EvaluationInputs
  readonly answer: CallEvaluation
}

type Stores = Pick<Transaction, EvaluateStore>

async function readAndJudge(deps: EvaluateCallDeps, tx: Stores, call: WouldBeCall, now: Date): Promise<Read> {
  const version = await tx.organisation.version()
  const barred = mayAsk(call) ? unreached(call, version) : NOT_ITS_AGENT
  if (barred) return { answer: refused(version, barred) }
  try {
    const inputs = await readInputs(tx, deps.policies, { ...call, now })
    const counting = await countingOf(tx, inputs, call, now)
    if ("code" in counting) return { inputs, answer: refused(version, counting) }
    const counted = call.supposing?.counted(counting.counted) ?? counting.counted
    const moment = { ...inputs, counted }
    const first = judge(deps, moment, call)
    if (first.effect !== "ask" || call.supposing) return { inputs, answer: first }
    return { inputs, answer: await withPeople(deps, tx, { moment, call, first, now }) }
  } catch (error) {
    if (isRefusal(error)) return { answer: refused(version, error) }
    throw error
  }
}

function isRefusal(error: unknown): error is Problem | TokenRefused | EvidenceMissing {
  return error instanceof Problem || error instanceof TokenRefused || error instanceof EvidenceMissing
}

/** What an answer is made from, with what is used of budgets at that moment. */
type Moment = EvaluationInputs & Pick<CallFacts, "counted">

async function countingOf(
  tx: Stores,
  { budgets, principal, tools }: EvaluationInputs,
  { server, tool: name, arguments: args }: WouldBeCall,
  now: Date,
): ReturnType<typeof countBudgets> {
  const tool = tools.get(name)
  return tool
    ? countBudgets(tx, budgets, { server, tool, arguments: args, task: principal.task }, now)
    : { counted: [] }
}

/** Asks policies; `approved` are the routes whose people have agreed to exactly this. */
function judge(
  deps: EvaluateCallDeps,
  moment: Moment,
  call: WouldBeCall,
  approved: readonly string[] = [],
): CallEvaluation {
  const { base, version } = moment
  const tool = moment.tools.get(call.tool)
  if (!tool) return refused(version, unknownTool(call))
  const barred = beyondToken(moment, tool)
  if (barred) return refused(version, barred)
  const question = underDefinition(call, questionOf(deps, factsOf(moment, call, tool), approved))
  const decided = decide(base, call.supposing?.question(question) ?? question)
  const full = decided.effect === "deny" ? undefined : withoutRoom(moment.counted)
  if (full) return { ...decided, version, effect: "deny", code: "limit_reached", missing: reachedWords(full) }
  return { ...decided, version }
}

function underDefinition({ digest }: WouldBeCall, question: Question): Question {
  const { action } = question
  return digest === undefined || "door" in action ? question : { ...question, action: { ...action, digest } }
}

/** People's words count as they would for the call itself: a yes that nobody used, a no that stands, nobody to ask. */
async function withPeople(
  deps: EvaluateCallDeps,
  tx: Stores,
  { moment, call, first, now }: { moment: Moment; call: WouldBeCall; first: CallEvaluation; now: Date },
): Promise<CallEvaluation> {
  const tool = moment.tools.get(call.tool)
  if (!tool) return first
  const facts = factsOf(moment, call, tool)
  const act = exactAct(facts)
  const agreement = await standingAgreement(tx, act, now)
  switch (agreement.kind) {
    case "agreed":
      return judge(deps, moment, call, agreement.approval.routes)
    case "refused":
      return { ...first, effect: "deny", code: agreement.code, missing: agreement.words }
    case "none": {
      const routes = first.asks.map(({ route }) => route)
      const asked = await peopleAsked(tx, { chain: chainOf(linksOf(facts)) }, routes)
      const not = await whyNotAsk(tx, facts, { hash: act.hash, asked })
      return not ? { ...first, effect: "deny", code: not.code, missing: not.words } : first
    }
  }
}

function factsOf(
  { principal, described, counted, system }: Moment,
  { server, arguments: args, point, circumstances = {} }: WouldBeCall,
  tool: ToolVersion,
): CallFacts {
  return { ...described, counted, principal, server, system, tool, arguments: args, point, circumstances }
}

function mayAsk({ who, point }: WouldBeCall): boolean {
  return mayAskFor(point, "token" in who ? who.token.agent : who.named.agent)
}

/** Why something is refused before any policy is asked. */
interface Refusal {
  readonly code: string
  readonly message: string
}

const NOT_ITS_AGENT: Refusal = { code: "not_allowed", message: "this door may not ask for this agent" }

function unreached({ atLeast = 0 }: WouldBeCall, version: number): Refusal | undefined {
  if (version >= atLeast) return undefined
  const message = `the answer has to know version ${atLeast}, and what is in force here is ${version}: ask again, or without it`
  return { code: "version_not_reached", message }
}

function unknownTool({ tool }: WouldBeCall): Refusal {
  const message = `the server has no reviewed tool ${tool.slice(0, 200)}; list its tools to see what may be called`
  return { code: "tool_not_found", message }
}

function beyondToken(
  { principal: { token, instance } }: EvaluationInputs,
  tool: ToolVersion,
): Refusal | undefined {
  if (!token || !instance) return undefined
  if (token.callsLeft === 0) return CALLS_SPENT
  return beyondScope({ token, instance }, tool)
}

function refused(version: number, { code, message }: Refusal): CallEvaluation {
  return {
    effect: "deny",
    code,
    reasons: [],
    asks: [],
    erred: [],
    links: [],
    missing: message,
    version,
  }
}
