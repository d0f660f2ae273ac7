import {
  type Agreed,
  type Approval,
  type ApprovalQuestion,
  type ApprovalState,
  EFFECT_CLASSES,
  isId,
  type JsonObject,
  type TokenAskedFor,
} from "@tabard/core"
import { fromJson, fromTime, toJson, toTime } from "../columns.ts"
import type { ApprovalRow } from "../tables/authority.ts"

/** Writes an approval as its row. */
export function toApprovalRow(approval: Approval): Omit<ApprovalRow, "organisation"> {
  const { question } = approval
  return {
    id: approval.id,
    handle: approval.handle,
    agent: question.agent,
    instance: question.instance,
    task: question.task,
    ...subjectColumns(question),
    chain: toJson(question.chain),
    resource: question.resource,
    action_hash: approval.actionHash,
    nonce: approval.nonce,
    binding_hash: approval.bindingHash,
    say: toJson(approval.say),
    policies: toJson(approval.policies),
    routes: toJson(approval.routes),
    approvers: toJson(approval.approvers),
    agreed: agreedText(approval.agreed),
    ...stateColumns(approval.state),
    created_at: toTime(approval.createdAt),
    expires_at: toTime(approval.expiresAt),
    spent_by: approval.spentBy,
  }
}

/** What stands where a call has its tool. */
const TOKEN = "token.issue"

/** A question about a token has no server, and says what it asks for where a call has its arguments. */
function subjectColumns(
  question: ApprovalQuestion,
): Pick<ApprovalRow, "server" | "tool" | "tool_digest" | "arguments"> {
  switch (question.kind) {
    case "call": {
      const { server, tool, toolDigest } = question
      return { server, tool, tool_digest: toolDigest, arguments: toJson(question.arguments) }
    }
    case "token": {
      const scope = question.token.scope && [...question.token.scope]
      return { server: "", tool: TOKEN, tool_digest: "", arguments: toJson({ ...question.token, scope }) }
    }
  }
}

function questionOf(row: ApprovalRow): ApprovalQuestion {
  const { agent, instance, task, server, resource } = row
  const common = { agent, instance, task, chain: fromJson(row.chain), resource }
  return server === ""
    ? { ...common, kind: "token", token: tokenIn(fromJson(row.arguments)) }
    : {
        ...common,
        kind: "call",
        server,
        tool: row.tool,
        toolDigest: row.tool_digest,
        arguments: fromJson(row.arguments),
      }
}

function tokenIn({ served, scope, calls, mayAct, message }: JsonObject): TokenAskedFor {
  if (!isId("user", served)) throw new Error("a question about a token names nobody who is asked")
  return {
    served,
    scope: Array.isArray(scope) ? EFFECT_CLASSES.filter((effect) => scope.includes(effect)) : null,
    calls: typeof calls === "number" ? calls : null,
    mayAct: isId("agent", mayAct) ? mayAct : null,
    message: typeof message === "string" ? message : null,
  }
}

/** What the columns of a state hold: each case has what belongs to it, and null for the rest. */
export function stateColumns(
  state: ApprovalState,
): Pick<ApprovalRow, "state" | "resolved_by" | "resolved_at" | "why"> {
  return {
    state: state.kind,
    resolved_by: "by" in state ? state.by : null,
    resolved_at: "at" in state ? toTime(state.at) : null,
    why: "why" in state ? state.why : null,
  }
}

/** Reads an approval back. */
export function fromApprovalRow(row: ApprovalRow): Approval {
  return {
    id: row.id,
    handle: row.handle,
    question: questionOf(row),
    actionHash: row.action_hash,
    nonce: row.nonce,
    bindingHash: row.binding_hash,
    say: fromJson(row.say),
    policies: fromJson(row.policies),
    routes: fromJson(row.routes),
    approvers: fromJson(row.approvers),
    agreed: agreedIn(row),
    state: stateOf(row),
    createdAt: fromTime(row.created_at),
    expiresAt: fromTime(row.expires_at),
    spentBy: row.spent_by,
  }
}

/** Writes who has agreed: by that text a change knows whether somebody else has meanwhile. */
export function agreedText(agreed: readonly Agreed[]): ApprovalRow["agreed"] {
  return toJson(agreed.map(({ by, at, routes }) => ({ by, at: toTime(at), routes })))
}

/** Before several could be asked, whoever approved had agreed. */
function agreedIn(row: ApprovalRow): readonly Agreed[] {
  const agreed = fromJson(row.agreed).map(({ at, ...yes }) => ({ ...yes, at: fromTime(at) }))
  const state = stateOf(row)
  return agreed.length === 0 && state.kind === "approved"
    ? [{ by: state.by, at: state.at, routes: fromJson(row.routes) }]
    : agreed
}

/** The table refuses a state without its columns; should one be there all the same, it is not read as an answer. */
function stateOf(row: ApprovalRow): ApprovalState {
  if (row.state === "pending") return { kind: "pending" }
  if (row.resolved_at === null) throw new Error(`approval ${row.id} is ${row.state} without a time`)
  const at = fromTime(row.resolved_at)
  switch (row.state) {
    case "expired":
      return { kind: "expired", at }
    case "cancelled":
      return { kind: "cancelled", at, why: row.why ?? "" }
    case "approved":
    case "denied":
      if (row.resolved_by === null) throw new Error(`approval ${row.id} is ${row.state} by nobody`)
      return { kind: row.state, by: row.resolved_by, at }
  }
}
