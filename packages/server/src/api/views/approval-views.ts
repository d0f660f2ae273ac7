import type { ApprovalView } from "@tabard/api"
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
  return Promise.all(
    approvals.map(async (approval) => {
      const { server, tool } = approval.question
      const known = { names, serverName: servers.get(server) ?? server, tool: tools.get(`${server}/${tool}`) }
      return approvalView(tx, approval, { ...known, looker })
    }),
  )
}

interface Known {
  readonly names: Names
  readonly serverName: string
  readonly tool: ToolVersion | undefined
  readonly looker: Id<"user">
}

async function approvalView(tx: ApprovalReads, approval: Approval, known: Known): Promise<ApprovalView> {
  const { question } = approval
  const task = question.task && (await tx.tasks.find(question.task))
  const before = await tx.outbox.list({ agent: question.agent, type: "call.finished", limit: BEFORE_SHOWN })
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
    before: await eventViews(tx, before),
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
