/** Asking a person for a token that acts for them: OpenID Connect Client-Initiated Backchannel Authentication, Core 1.0. */
import {
  type Approval,
  type Id,
  newHandle,
  newId,
  type TokenAskedFor,
  type TokenQuestion,
} from "@tabard/core"
import { bindingHash } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import {
  type JudgedRequest,
  type JudgeStore,
  judgeRequest,
  liveInstance,
} from "../tokens/bounds-of-request.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { isCrowded, keepAwaited } from "./awaited-token.ts"
import { markExpired } from "./expire-approvals.ts"
import { LATEST, NO_STANDS_MS } from "./find-agreement.ts"
import { personToAsk } from "./require-askable.ts"
import {
  isAboutTheSame,
  isPutTo,
  requestIn,
  TOKEN_ACTION,
  tokenQuestion,
  tokenQuestionHash,
} from "./token-question.ts"
import { MOST_PENDING } from "./why-not-ask.ts"

type AskStore = JudgeStore | "approvals" | "maintainers" | "oauthModels" | "outbox"

/** What asking for a token needs. */
export interface AskForTokenDeps extends RecordContext {
  readonly transact: Transact<AskStore>
}

/** What an install asks a person for. */
export interface TokenAsk extends Omit<TokenAskedFor, "served"> {
  readonly instance: Id<"instance">
  readonly task: Id<"task"> | null
  readonly audience: string
  /** Whom it wants to ask: an id or an email. */
  readonly hint: string
  /** How long it would wait for an answer, in seconds. */
  readonly wait: number | null
}

/** A question that a person was asked, or why nobody was. */
export type TokenAsked =
  | { readonly kind: "asked"; readonly id: string; readonly expiresAt: Date }
  | { readonly kind: "unknown-person" }
  | { readonly kind: "refused"; readonly words: string }

/** How long an agent waits between two polls, in seconds, until it polls too soon. */
export const POLL_SECONDS = 5

/** After so many a person is left alone: other places and other tasks are further ways to ask for the same. */
const MOST_NOES = 3

const LEAST_WAIT_SECONDS = 60
const USUAL_WAIT_SECONDS = 15 * 60
const MOST_WAIT_SECONDS = 60 * 60

/**
 * Asks one person whether an agent may have a token by which it acts for them, or joins the question that waits for them
 * already. Whatever would refuse the token now refuses the question.
 *
 * @throws {Problem} as issueToken does
 */
export async function askForToken(deps: AskForTokenDeps, ask: TokenAsk): Promise<TokenAsked> {
  return deps.transact(async (tx) => {
    const now = deps.clock.now()
    const { agent } = await liveInstance(tx, ask.instance)
    const person = await personToAsk(tx, agent, ask.hint)
    if (!person) return { kind: "unknown-person" }

    const question = questionOf(ask, agent, person.id)
    const judged = await judgeRequest(tx, { ...requestIn(question), lifetimeSeconds: MOST_WAIT_SECONDS }, now)
    await markExpired(deps, tx)
    const hash = tokenQuestionHash(question)
    const words = await whyNotAsked(tx, question, { hash, now })
    if (words !== undefined) return { kind: "refused", words }
    return waiting(deps, tx, { judged, wanted: newApproval(deps, ask, { question, hash }) })
  })
}

function questionOf(ask: TokenAsk, agent: Id<"agent">, served: Id<"user">): TokenQuestion {
  const { instance, task, audience, scope, calls, mayAct, message } = ask
  const token = { served, scope, calls, mayAct, message }
  return tokenQuestion({ agent, instance, task, resource: audience, token })
}

/** A person is not asked again what they just refused, and not more than they can keep apart. */
async function whyNotAsked(
  tx: Pick<Transaction, "approvals">,
  question: TokenQuestion,
  { hash, now }: { hash: string; now: Date },
): Promise<string | undefined> {
  const { agent } = question
  const refused = await refusedLately(tx, question, now)
  if (refused.some((one) => isAboutTheSame(one, question)))
    return "this person has refused a token for this place and task within the last hour"
  if (refused.length >= MOST_NOES) return `this person has refused ${MOST_NOES} tokens within the last hour`
  const pending = await tx.approvals.list({ state: "pending", agent, limit: MOST_PENDING })
  return pending.length < MOST_PENDING || pending.some(({ actionHash }) => actionHash === hash)
    ? undefined
    : `${MOST_PENDING} questions of this agent wait for people already`
}

async function refusedLately(
  { approvals }: Pick<Transaction, "approvals">,
  question: TokenQuestion,
  now: Date,
): Promise<readonly Approval[]> {
  const denied = await approvals.list({ state: "denied", agent: question.agent, limit: LATEST })
  return denied.filter(
    (one) =>
      one.state.kind === "denied" &&
      now.getTime() - one.state.at.getTime() < NO_STANDS_MS &&
      isPutTo(one, question),
  )
}

type Wanted = Approval & { readonly question: TokenQuestion }

function newApproval(
  { clock }: RecordContext,
  { wait }: TokenAsk,
  { question, hash }: { question: TokenQuestion; hash: string },
): Wanted {
  const now = clock.now()
  const nonce = newHandle()
  const seconds = Math.min(Math.max(wait ?? USUAL_WAIT_SECONDS, LEAST_WAIT_SECONDS), MOST_WAIT_SECONDS)
  return {
    id: newId("approval", clock),
    handle: newHandle(),
    question,
    actionHash: hash,
    nonce,
    bindingHash: bindingHash(hash, nonce),
    say: [],
    policies: [],
    routes: [],
    approvers: [question.token.served],
    state: { kind: "pending" },
    createdAt: now,
    expiresAt: new Date(now.getTime() + seconds * 1000),
    agreed: [],
    spentBy: null,
  }
}

/** Each request has an id of its own, also where several wait for one answer; its event stands where a question is new. */
async function waiting(
  deps: RecordContext,
  tx: Pick<Transaction, "approvals" | "oauthModels" | "outbox">,
  { judged, wanted }: { judged: JudgedRequest; wanted: Wanted },
): Promise<TokenAsked> {
  const approval = await tx.approvals.request(wanted)
  if (await isCrowded(tx, approval.id))
    return { kind: "refused", words: "too many requests wait for this answer: poll with an id of before" }
  const { instance } = wanted.question
  const call = newId("call", deps.clock)
  if (approval.id === wanted.id) await recordQuestion(deps, tx, { judged, wanted, call })
  const awaited = { instance, approval: approval.id, call, interval: POLL_SECONDS, next: deps.clock.now() }
  const id = await keepAwaited(tx, awaited, approval.expiresAt)
  return { kind: "asked", id, expiresAt: approval.expiresAt }
}

async function recordQuestion(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { judged, wanted, call }: { judged: JudgedRequest; wanted: Wanted; call: Id<"call"> },
): Promise<void> {
  const { agent, instance, task, resource, token } = wanted.question
  await recordEvent(deps, outbox, {
    type: "approval.requested",
    actor: { kind: "agent", id: agent, instance },
    agent,
    instance,
    owner: judged.owner.id,
    onBehalfOf: token.served,
    task,
    call,
    approval: wanted.id,
    action: TOKEN_ACTION,
    resource,
    data: { actionHash: wanted.actionHash, policies: [], approvers: [token.served] },
  })
}
