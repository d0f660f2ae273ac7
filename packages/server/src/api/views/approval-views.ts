import type { ApprovalView, EventView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import type { Approval, Id, ToolVersion } from "@tabard/core"
import { eventViews } from "./event-views.ts"
import { type Names, namesOf } from "./names.ts"
import { plainJson } from "./plain-json.ts"

/** The stores that questions are shown from. */
export type ApprovalReads = Pick<
  Transaction,
  "apiTokens" | "facts" | "outbox" | "servers" | "tasks" | "reporters" | "users"
>

/** How much of what went before is shown with a question. */
const BEFORE_SHOWN = 5

/** Shows questions as cards to the person who looks. */
export async function approvalViews(
  tx: ApprovalReads,
  approvals: readonly Approval[],
  looker: Id<"user">,
): Promise<readonly ApprovalView[]> {
  const names = await namesOf(
    tx,
    approvals.map(({ question }) => question.agent),
  )
  const servers = new Map((await tx.servers.list()).map(({ id, name }) => [id, name]))
  const tools = new Map((await tx.servers.pinned()).map((tool) => [`${tool.server}/${tool.name}`, tool]))
  const before = await callsBefore(tx, approvals)
  return Promise.all(
    approvals.map(async (approval) => {
      const { agent, server, tool } = approval.question
      const known = { names, serverName: servers.get(server) ?? server, tool: tools.get(`${server}/${tool}`) }
      return approvalView(tx, approval, { ...known, looker, before: before.get(agent) ?? [] })
    }),
  )
}

/** Answers the last calls of each agent that asks; what all of them are shown with is read once. */
async function callsBefore(
  tx: ApprovalReads,
  approvals: readonly Approval[],
): Promise<ReadonlyMap<Id<"agent">, readonly EventView[]>> {
  const asking = [...new Set(approvals.map(({ question }) => question.agent))]
  const calls = await Promise.all(
    asking.map((agent) => tx.outbox.list({ agent, type: "call.finished", limit: BEFORE_SHOWN })),
  )
  const views = new Map((await eventViews(tx, calls.flat())).map((view) => [view.id, view]))
  return new Map(
    asking.map((agent, place) => [agent, (calls[place] ?? []).flatMap(({ id }) => views.get(id) ?? [])]),
  )
}

interface Known {
  readonly names: Names
  readonly serverName: string
  readonly tool: ToolVersion | undefined
  readonly looker: Id<"user">
  readonly before: readonly EventView[]
}

async function approvalView(tx: ApprovalReads, approval: Approval, known: Known): Promise<ApprovalView> {
  const { question } = approval
  const task = question.task && (await tx.tasks.find(question.task))
  return {
    id: approval.id,
    agent: known.names.agent(question.agent),
    task: task ? { id: task.id, text: task.text } : null,
    onBehalfOf: task ? known.names.person(task.onBehalfOf) : null,
    server: { id: question.server, name: known.serverName },
    tool: question.tool,
    effects: known.tool?.effects ?? [],
    arguments: plainJson(question.arguments),
    // What a call acts on is its server where no argument names a target; people know it by its name.
    resource: question.resource === question.server ? known.serverName : question.resource,
    say: approval.say,
    policies: approval.policies,
    ...standing(approval, known),
    createdAt: approval.createdAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    before: known.before,
  }
}

function standing(
  { state, spentBy, approvers }: Approval,
  { names, looker }: Known,
): Pick<ApprovalView, "state" | "answeredBy" | "answeredAt" | "spent" | "mayAnswer"> {
  const answered = state.kind === "approved" || state.kind === "denied"
  return {
    state: state.kind,
    answeredBy: answered ? names.person(state.by) : null,
    answeredAt: "at" in state ? state.at.toISOString() : null,
    spent: spentBy !== null,
    mayAnswer: state.kind === "pending" && approvers.includes(looker),
  }
}
