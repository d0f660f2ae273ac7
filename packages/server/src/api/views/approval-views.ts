import type { ApprovalView, EventView } from "@tabard/api"
import { TOKEN_ACTION, type Transaction } from "@tabard/control"
import {
  type Approval,
  askWords,
  type CallQuestion,
  type Id,
  readAskRoute,
  type Task,
  type TokenQuestion,
  type ToolVersion,
} from "@tabard/core"
import { eventViews } from "./event-views.ts"
import { idsIn, type Names, namesOf, peopleIn } from "./names.ts"
import { plainJson } from "./plain-json.ts"

/** The stores that questions are shown from. */
export type ApprovalReads = Pick<
  Transaction,
  "agents" | "apiTokens" | "facts" | "outbox" | "servers" | "tasks" | "reporters" | "users"
>

/** How much of what went before is shown with a question. */
const BEFORE_SHOWN = 5

/** How many of those who are asked are named. */
const APPROVERS_SHOWN = 10

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
    agents: [...approvals.map(askedBy), ...idsIn("agent", questions.filter(isAboutToken))],
    people: [
      ...peopleIn(approvals.map(({ state }) => state)),
      ...tasks.map(({ onBehalfOf }) => onBehalfOf),
      ...questions.filter(isAboutToken).map(({ token }) => token.served),
      ...approvals.flatMap(({ approvers, agreed }) => [
        ...approvers.slice(0, APPROVERS_SHOWN),
        ...agreed.map(({ by }) => by),
      ]),
    ],
  })
  const asked = [...new Set(questions.filter(isAboutCall).map(({ server }) => server))]
  const servers = new Map((await tx.servers.findAll(asked)).map(({ id, name }) => [id, name]))
  const pinned = await tx.servers.pinnedOf(asked)
  const tools = new Map(pinned.map((tool) => [`${tool.server}/${tool.name}`, tool]))
  const seen = new Set((await tx.agents.findAll([...new Set(approvals.map(askedBy))])).map(({ id }) => id))
  const before = await callsBefore(tx, approvals.filter(isPending).map(askedBy))
  return approvals.map((approval) => {
    const { agent, task } = approval.question
    return approvalView(approval, {
      names,
      looker,
      task: task ? ofTask.get(task) : undefined,
      servers,
      tools,
      before: seen.has(agent) ? (before.get(agent) ?? []) : null,
    })
  })
}

function isAboutCall(question: Approval["question"]): question is CallQuestion {
  return question.kind === "call"
}

function isAboutToken(question: Approval["question"]): question is TokenQuestion {
  return question.kind === "token"
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
  readonly servers: ReadonlyMap<string, string>
  /** What is pinned now, by server and name. */
  readonly tools: ReadonlyMap<string, ToolVersion>
  readonly task: Task | undefined
  readonly before: readonly EventView[] | null
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
    ...(question.kind === "call" ? callShown(question, known) : tokenShown(question, known)),
    say: approval.say,
    policies: approval.policies,
    ...putTo(approval, known),
    ...standing(approval, known),
    createdAt: approval.createdAt.toISOString(),
    expiresAt: approval.expiresAt.toISOString(),
    before: isPending(approval) ? known.before : known.before && [],
  }
}

type Shown = Pick<ApprovalView, "server" | "tool" | "effects" | "arguments" | "resource" | "token">

function callShown({ server, tool, resource, ...call }: CallQuestion, { servers, tools }: Known): Shown {
  const name = servers.get(server) ?? server
  return {
    server: { id: server, name },
    tool,
    effects: tools.get(`${server}/${tool}`)?.effects ?? [],
    arguments: plainJson(call.arguments),
    // What a call acts on is its server where no argument names a target; people know it by its name.
    resource: resource === server ? name : resource,
    token: null,
  }
}

/** A token acts for whoever is asked, also where it names no task of theirs. */
function tokenShown(
  { token, resource }: TokenQuestion,
  { names }: Known,
): Shown & Pick<ApprovalView, "onBehalfOf"> {
  const { message, scope, calls, mayAct, served } = token
  return {
    server: null,
    tool: TOKEN_ACTION,
    effects: scope ?? [],
    arguments: {},
    resource,
    token: { message, scope, calls, mayAct: mayAct && names.agent(mayAct) },
    onBehalfOf: names.person(served),
  }
}

function putTo(
  { routes, approvers, agreed }: Approval,
  { names }: Known,
): Pick<ApprovalView, "agreed" | "approvers" | "approversCount" | "asked"> {
  return {
    asked: routes.map((route) => {
      const needed = readAskRoute(route)?.needed ?? 1
      const yes = agreed.filter((one) => one.routes.includes(route)).length
      return { who: askWords(route), needed, agreed: Math.min(yes, needed) }
    }),
    approvers: approvers.slice(0, APPROVERS_SHOWN).map((person) => names.person(person)),
    approversCount: approvers.length,
    agreed: agreed.map(({ by, at }) => ({ by: names.person(by), at: at.toISOString() })),
  }
}

function standing(
  { state, spentBy, approvers, agreed }: Approval,
  { names, looker }: Known,
): Pick<ApprovalView, "state" | "answeredBy" | "answeredAt" | "spent" | "mayAnswer"> {
  const answered = state.kind === "approved" || state.kind === "denied"
  return {
    state: state.kind,
    answeredBy: answered ? names.person(state.by) : null,
    answeredAt: "at" in state ? state.at.toISOString() : null,
    spent: spentBy !== null,
    mayAnswer:
      state.kind === "pending" && approvers.includes(looker) && !agreed.some(({ by }) => by === looker),
  }
}
