import { type Id, newId, type Organisation, SHIPPED_TIERS, systemClock, type Task } from "@tabard/core"
import { compileTask, compileUserDefault, guardRails, pinTool, tierPolicies } from "@tabard/intent"
import {
  compilePolicies,
  compileSchema,
  type PinnedTool,
  type PolicyBase,
  type PolicyText,
  type Question,
} from "@tabard/policy"
import { intentOf } from "./notes.ts"

const FOLDER = "/home/ann/notes"
const PATH = { type: "string" }

/** One agent with one task, its question, and the policies of all. */
export interface DecisionWorld {
  readonly base: PolicyBase
  readonly question: Question
  readonly policies: number
}

/** How many policies there are: of so many other agents, and so many that speak of the very tool that is called. */
export interface Crowd {
  readonly others?: number
  readonly ofTool?: number
}

/** Puts the policies of one agent and of others into force, as the store would hand them over. */
export function decisionWorld({ others = 0, ofTool = 0 }: Crowd): DecisionWorld {
  const organisation = newId("organisation", systemClock)
  const server = newId("server", systemClock)
  const tools = pinnedTools(server)
  const task = newTask(server)
  const agent = newId("agent", systemClock)
  const tier = SHIPPED_TIERS.get("transactional")
  if (!tier) throw new Error("the tier transactional does not ship any more")
  const policies = [
    ...guardRails(),
    ...tierPolicies(),
    ...compileTask(task, tools),
    ...compileUserDefault({ task, tier }),
    ...[agent, ...otherAgents(others)].flatMap((each) => intentOf(each, { folder: FOLDER, server, tools })),
    ...limitsOf(agent, server, ofTool),
  ]
  const base = compilePolicies({ schema: compileSchema(tools), policies, version: 1, invalid: "deny" })
  return { base, question: questionOf({ organisation, agent, task, tools }), policies: policies.length }
}

/** Limits of every kind on one tool, of which none is met: each is judged to its end. */
function limitsOf(agent: Id<"agent">, server: Id<"server">, count: number): readonly PolicyText[] {
  const limits = [
    (at: number) => `context.input.path.under.contains("/srv/${at}")`,
    (at: number) =>
      `context.input has head && context.input.head has long && context.input.head.long <= ${at}`,
    (at: number) =>
      `["request", "record"].containsAll(context.session.prov.target) && context.session.depth > ${at}`,
    (at: number) => `context.session.left.spend.greaterThan(decimal("${at}.5"))`,
  ]
  return Array.from({ length: count }, (_, at) => ({
    id: `${agent}/limit/${at}`,
    text: `permit (principal == Tabard::Agent::"${agent}", action == Tabard::Action::"${server}/read_text_file", resource) when { context.session has task && ${limits[at % limits.length]?.(at + 200) ?? "false"} };`,
  }))
}

interface Acting {
  readonly organisation: Organisation["id"]
  readonly agent: Id<"agent">
  readonly task: ReturnType<typeof newTask>
  readonly tools: readonly PinnedTool[]
}

function otherAgents(count: number): Id<"agent">[] {
  return Array.from({ length: count }, () => newId("agent", systemClock))
}

function newTask(server: Id<"server">): Pick<Task, "id" | "onBehalfOf" | "scope" | "expiresAt"> {
  return {
    id: newId("task", systemClock),
    onBehalfOf: newId("user", systemClock),
    scope: { server, tools: ["read_text_file", "list_directory"], folder: FOLDER },
    expiresAt: new Date(systemClock.now().getTime() + 3_600_000),
  }
}

function questionOf({ organisation, agent, task, tools }: Acting): Question {
  const [tool] = tools
  if (!tool) throw new Error("the world has no tools")
  return {
    organisation,
    action: { tool: tool.name, digest: tool.digest, arguments: { path: `${FOLDER}/groceries.md` } },
    server: { id: task.scope.server },
    links: {
      user: { id: task.onBehalfOf, active: true },
      task: { id: task.id, agent },
      agents: [{ id: agent, owner: task.onBehalfOf, tier: "transactional", category: "local", risk: 20 }],
    },
    session: {
      now: systemClock.now(),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 100, spend: "0" },
    },
  }
}

function pinnedTools(server: Id<"server">): readonly PinnedTool[] {
  const members = { read_text_file: { path: PATH, head: { type: "number" } }, list_directory: { path: PATH } }
  return Object.entries(members).map(([name, properties]) =>
    pinTool({
      server,
      packageName: "@modelcontextprotocol/server-filesystem",
      definition: { name, inputSchema: { type: "object", properties, required: ["path"] } },
    }),
  )
}
