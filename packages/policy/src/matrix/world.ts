import { type JsonObject, parseLossless } from "@tabard/core"
import { decide } from "../decide.ts"
import type { PolicyDecision } from "../decision.ts"
import type { PolicyText } from "../parse-policy.ts"
import type { PinnedTool } from "../pinned-tool.ts"
import { compilePolicies, type PolicyBase } from "../policy-base.ts"
import type { AgentFacts, Question, SessionFacts } from "../question.ts"
import { compileSchema } from "../schema.ts"

/** The tools of the small world that the policy tests share. */
export const TOOLS: readonly PinnedTool[] = [
  {
    server: "srv_bank",
    name: "send_money",
    digest: "bank-1",
    inputSchema: {
      type: "object",
      properties: { to: { type: "string" }, amount: { type: "number" }, note: { type: "string" } },
      required: ["to", "amount"],
    },
    effects: ["financial", "egress"],
    roles: { to: ["target"], amount: ["amount"], note: ["content"] },
  },
  {
    server: "srv_files",
    name: "read_file",
    digest: "files-1",
    inputSchema: { type: "object", properties: { paths: { type: "array", items: { type: "string" } } } },
    effects: ["read"],
    roles: { paths: ["target", "path"] },
  },
  {
    server: "srv_files",
    name: "move_file",
    digest: "files-2",
    inputSchema: {
      type: "object",
      properties: { source: { type: "string" }, destination: { type: "string" } },
      required: ["source", "destination"],
    },
    effects: ["write", "delete"],
    roles: { source: ["target", "path"], destination: ["target", "path"] },
  },
]

/** What a test says of a call; everything else is as on an ordinary day. */
export interface Ask {
  readonly tool?: string
  readonly door?: "tools/list" | "token.issue"
  readonly server?: "srv_bank" | "srv_files"
  readonly digest?: string
  readonly arguments?: JsonObject
  /** Arguments as JSON text, where a number's spelling matters. */
  readonly json?: string
  readonly session?: Partial<SessionFacts>
  readonly task?: boolean
  readonly user?: boolean | "inactive"
  readonly agents?: readonly (Partial<AgentFacts> & { readonly id: AgentFacts["id"] })[]
  readonly realPaths?: Readonly<Record<string, string>>
}

/** Puts policies into force in the small world. */
export function baseOf(policies: readonly PolicyText[], previous?: PolicyBase): PolicyBase {
  return compilePolicies({ schema: SCHEMA, policies, version: 1, ...(previous && { previous }) })
}

/** Writes policies as a table of id and text. */
export function texts(policies: Readonly<Record<string, string>>): PolicyText[] {
  return Object.entries(policies).map(([id, text]) => ({ id, text }))
}

/** Decides one call of the small world. */
export function decideIn(base: PolicyBase, ask: Ask): PolicyDecision {
  return decide(base, questionOf(ask))
}

/** Fills a call up to a whole question. */
export function questionOf(ask: Ask): Question {
  const { server = "srv_bank" } = ask
  return {
    organisation: "org_1",
    action: ask.door === undefined ? toolCall(ask, server) : { door: ask.door },
    server: { id: server, system: "production" },
    links: linksOf(ask),
    session: {
      door: "gateway",
      env: "prod",
      bound: "dpop",
      left: { calls: 10, spend: "100.00" },
      ...ask.session,
      now: new Date(ask.session?.now ?? "2026-11-21T10:00:00Z"),
    },
  }
}

function linksOf({ user = false, task = false, agents = [] }: Ask): Question["links"] {
  const [first = agentOf({ id: "agt_1" }), ...rest] = agents.map(agentOf)
  return {
    ...(user !== false && { user: { id: "usr_1", active: user === true, teams: ["finance"] } }),
    ...(task && { task: { id: "tsk_1", agent: "agt_1" } }),
    agents: [first, ...rest],
  }
}

function toolCall(ask: Ask, server: string): Question["action"] {
  const name = ask.tool ?? "send_money"
  const pinned = TOOLS.find((tool) => tool.server === server && tool.name === name)
  return {
    tool: name,
    digest: ask.digest ?? pinned?.digest ?? "none",
    arguments: ask.json === undefined ? (ask.arguments ?? { to: "bob", amount: 5 }) : parseLossless(ask.json),
    ...(ask.realPaths && { realPaths: ask.realPaths }),
  }
}

function agentOf(agent: Partial<AgentFacts> & { readonly id: AgentFacts["id"] }): AgentFacts {
  return { owner: "usr_9", tier: "transactional", category: "production", risk: 30, ...agent }
}

const SCHEMA = compileSchema(TOOLS)
