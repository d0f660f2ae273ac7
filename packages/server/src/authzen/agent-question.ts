import type { ApplicationQuestion, Circumstances, NamedAgent } from "@tabard/control"
import { type Id, isId, isJsonObject, type Json, type JsonObject } from "@tabard/core"

/** What a question says of an agent's call, as far as it is one that can be asked. */
export interface AgentQuestion {
  readonly agent: Id<"agent">
  /** The person that the agent acts for, where the question is asked about them. */
  readonly person: Id<"user"> | null
  readonly task: Id<"task"> | null
  /** By id or by name. */
  readonly server: string
  readonly tool: string
  readonly arguments: JsonObject
}

/** The only thing that can be asked about an agent's tools, as COAZ-MCP names it. */
export const TOOL_CALL = "tools/call"
export const TOOL = "tool"

/** Reads a question about a call of a tool; words where it is none. What bodies say of agents and tools besides is passed over. */
export function readAgentQuestion({
  subject,
  action,
  resource,
  context,
}: ApplicationQuestion): AgentQuestion | string {
  if (action.name !== TOOL_CALL) return `ask about the action ${TOOL_CALL}: nothing else is decided here`
  if (resource.type !== TOOL) return `ask about a resource of the type ${TOOL}, named server/tool`
  const [server = "", ...rest] = resource.id.split("/")
  if (server === "" || rest.length === 0) return "name the tool by its server and its own name: server/tool"
  const who = readWho(subject, context)
  if (typeof who === "string") return who
  const { arguments: args } = context
  return { ...who, server, tool: rest.join("/"), arguments: isJsonObject(args) ? args : {} }
}

/** Answers whom a question is about: an agent, or the person whom an agent acts for. */
export function readWho(
  { type, id }: { readonly type: string; readonly id: string },
  context: { readonly [name: string]: Json | undefined },
): Pick<AgentQuestion, "agent" | "person" | "task"> | string {
  const task = isId("task", context["task"]) ? context["task"] : null
  if (type === "agent")
    return isId("agent", id)
      ? { agent: id, person: null, task }
      : "the subject is no agent that is known here"
  if (type !== "user") return "ask about a subject of the type agent, or user with context.agent"
  const agent = agentIn(context["agent"])
  if (!agent) return "a question about a user names in context.agent who acts for them"
  return isId("user", id) ? { agent, person: id, task } : "the subject is no user that is known here"
}

function agentIn(said: Json | undefined): Id<"agent"> | undefined {
  const id = isJsonObject(said) ? said["id"] : said
  return isId("agent", id) ? id : undefined
}

/** Answers whom a point names, as its registration and nothing else lets it. */
export function namedIn({ agent, person, task }: AgentQuestion): NamedAgent {
  return { agent, ...(task && { task }), ...(person && { onBehalfOf: person }) }
}

/** Answers what a question says that its point saw; what the point may not state is dropped where it is decided. */
export function circumstancesIn(context: { readonly [name: string]: Json | undefined }): Circumstances {
  const { ip, posture, provenance, resolved_paths: paths } = context
  const prov = provenanceIn(provenance)
  return {
    ...(typeof ip === "string" && ip.length <= 45 && { ip }),
    ...(Array.isArray(posture) && { posture: textsIn(posture) }),
    ...(prov && { prov }),
    ...(isJsonObject(paths) && {
      resolvedPaths: new Map(
        Object.entries(paths).flatMap(([given, real]) => (typeof real === "string" ? [[given, real]] : [])),
      ),
    }),
  }
}

const PROVENANCES = ["request", "record", "delegated", "stranger", "unknown"] as const
type Provenance = NonNullable<Circumstances["prov"]>

function provenanceIn(said: Json | undefined): Provenance | undefined {
  if (!isJsonObject(said)) return undefined
  const of = (name: string) => {
    const texts = Array.isArray(said[name]) ? textsIn(said[name]) : []
    const known = PROVENANCES.filter((one) => texts.includes(one))
    // What is not said, or not understood, could have come from anywhere.
    return known.length > 0 && known.length === texts.length ? known : (["unknown"] as const)
  }
  return { target: of("target"), amount: of("amount"), content: of("content"), code: of("code") }
}

function textsIn(list: readonly Json[]): readonly string[] {
  return list.slice(0, 100).filter((one): one is string => typeof one === "string" && one.length <= 200)
}
