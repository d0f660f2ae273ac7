import type { ApprovalView, EventView } from "@tabard/api"
import type { Transaction } from "@tabard/control"
import type { Approval, Id, Task, ToolVersion } from "@tabard/core"
import { eventViews } from "./event-views.ts"
import { type Names, namesOf, peopleIn } from "./names.ts"
import { plainJson } from "./plain-json.ts"

/** The stores that questions are shown from. */
export type ApprovalReads = Pick<
  Transaction,
  "apiTokens" | "facts" | "outbox" | "servers" | "tasks" | "reporters" | "users"
>

/** How much of what went before is shown with a question. */
const BEFORE_SHOWN = 5

/** Shows questions as cards to the person who looks, with as many questions to the store for a hundred as for one. */
export async function approvalViews(
  tx: ApprovalReads,
  approvals: readonly Approval[],
  looker: Id<"user">,
): Promise<readonly ApprovalView[]> {
  const questions = approvals.map(({ question }) => question)
  const tasks = await tx.tasks.findAll(questions.flatMap(({ task }) => task ?? []))
  const ofTask = new Map(tasks.map((task) => [task.id, task]))
  const names = await namesOf(tx, {
    agents: approvals.map(askedBy),
    people: [...peopleIn(approvals.map(({ state }) => state)), ...tasks.map(({ onBehalfOf }) => onBehalfOf)],
  })
  const asked = [...new Set(questions.map(({ server }) => server))]
  const servers = new Map((await tx.servers.findAll(asked)).map(({ id, name }) => [id, name]))
  const pinned = await tx.servers.pinnedOf(asked)
  const tools = new Map(pinned.map((tool) => [`${tool.server}/${tool.name}`, tool]))
  const before = await callsBefore(tx, approvals.filter(isPending).map(askedBy))
  return approvals.map((approval) => {
    const { server, tool, agent, task } = approval.question
    return approvalView(approval, {
      names,
      looker,
      task: task ? ofTask.get(task) : undefined,
      serverName: servers.get(server) ?? server,
      tool: tools.get(`${server}/${tool}`),
      before: isPending(approval) ? (before.get(agent) ?? []) : [],
    })
  })
}

function isPending({ state }: Approval): boolean {
  return state.kind === "pending"
}

function askedBy({ question }: Approval): Id<"agent"> {
  return question.agent
}

/** What each of the agents did last, the newest first. */
async function callsBefore(
  tx: ApprovalReads,
  agents: readonly Id<"agent">[],
): Promise<ReadonlyMap<string, readonly EventView[]>> {
  const latest = await tx.outbox.latestOf(agents, "call.finished", BEFORE_SHOWN)
  return Map.groupBy(await eventViews(tx, latest), ({ agent }) => agent?.id ?? "")
}

interface Known {
  readonly names: Names
  readonly serverName: string
  readonly tool: ToolVersion | undefined
  readonly task: Task | undefined
  readonly before: readonly EventView[]
  readonly looker: Id<"user">
}

function approvalView(approval: Approval, known: Known): ApprovalView {
  const { question } = approval
  const { task } = known
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
