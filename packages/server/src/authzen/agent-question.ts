import type { ApplicationQuestion, Circumstances, NamedAgent } from "@tabard/control"
import { type Id, isId, isJsonObject, isLosslessNumber, type Json, type JsonObject } from "@tabard/core"
import { malformed } from "./access-refused.ts"
import { objectIn } from "./read-question.ts"

/** What a question says of an agent's call, as far as it is one that can be asked. */
export interface AgentQuestion {
  readonly agent: Id<"agent">
  /** The person that the agent acts for, where the question is asked about them. */
  readonly person: Id<"user"> | null
  readonly task: Id<"task"> | null
  /** The agents that it acts for, nearest first; null where that was not said. */
  readonly actingFor: readonly Id<"agent">[] | null
  /** By id or by name. */
  readonly server: string
  readonly tool: string
  readonly arguments: JsonObject
  /** The digest of the definition that whoever asks has seen; null where that was not said. */
  readonly digest: string | null
  /** The version that the answer has to know at least; null where that was not said. */
  readonly atLeast: number | null
}

/** The only thing that can be asked about an agent's tools, as COAZ-MCP names it. */
export const TOOL_CALL = "tools/call"
export const TOOL = "tool"

/**
 * Reads a question about a call of a tool; words where it is none. What bodies say of agents and tools besides is passed over.
 *
 * @throws {AccessRefused} 400
 */
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
  return {
    ...who,
    server,
    tool: rest.join("/"),
    arguments: objectIn(context, "arguments", "context.arguments"),
    digest: digestIn(context["tool_digest"]),
    atLeast: versionIn(context["at_least"]),
  }
}

/** Answers whom a question is about: an agent, or the person whom an agent acts for. */
export function readWho(
  { type, id }: { readonly type: string; readonly id: string },
  context: { readonly [name: string]: Json | undefined },
): Pick<AgentQuestion, "agent" | "person" | "task" | "actingFor"> | string {
  const under = { task: taskIn(context["task"]), actingFor: actingForIn(context["acting_for"]) }
  if (type === "agent")
    return isId("agent", id)
      ? { agent: id, person: null, ...under }
      : "the subject is no agent that is known here"
  if (type !== "user") return "ask about a subject of the type agent, or user with context.agent"
  const agent = agentIn(context["agent"])
  if (!agent) return "a question about a user names in context.agent who acts for them"
  return isId("user", id) ? { agent, person: id, ...under } : "the subject is no user that is known here"
}

/** What cannot be read is refused: passed over, the question would be a wider one. */
function taskIn(said: Json | undefined): Id<"task"> | null {
  if (said === undefined || said === null) return null
  if (!isId("task", said)) throw malformed("context.task has to be the id of a task")
  return said
}

/** As many agents as act for each other. */
const LONGEST_CHAIN = 20

function actingForIn(said: Json | undefined): readonly Id<"agent">[] | null {
  if (said === undefined || said === null) return null
  const agents = Array.isArray(said) ? said.filter((one: Json) => isId("agent", one)) : []
  if (!Array.isArray(said) || agents.length !== said.length || agents.length > LONGEST_CHAIN)
    throw malformed(`context.acting_for has to be a list of the ids of at most ${LONGEST_CHAIN} agents`)
  return agents
}

function digestIn(said: Json | undefined): string | null {
  if (said === undefined || said === null) return null
  if (typeof said !== "string") throw malformed("context.tool_digest has to be a string")
  return said
}

function versionIn(said: Json | undefined): number | null {
  if (said === undefined || said === null) return null
  const version = isLosslessNumber(said) ? Number(said.value) : said
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 0)
    throw malformed("context.at_least has to be the version of an earlier answer")
  return version
}

function agentIn(said: Json | undefined): Id<"agent"> | undefined {
  const id = isJsonObject(said) ? said["id"] : said
  return isId("agent", id) ? id : undefined
}

/** Answers whom a point names, as its registration and nothing else lets it. */
export function namedIn({ agent, person, task, actingFor }: AgentQuestion): NamedAgent {
  return {
    agent,
    ...(task && { task }),
    ...(person && { onBehalfOf: person }),
    ...(actingFor && { actingFor }),
  }
}

/**
 * Answers what a question says that its point saw; what the point may not state is dropped where it is decided.
 *
 * @throws {AccessRefused} 400 of what is of another type: a policy that restricts by it would find nothing
 */
export function circumstancesIn(context: { readonly [name: string]: Json | undefined }): Circumstances {
  const { posture, provenance } = context
  const ip = addressIn(context["ip"])
  const prov = provenanceIn(provenance)
  const resolvedPaths = pathsIn(context["resolved_paths"])
  return {
    ...(ip !== undefined && { ip }),
    ...(Array.isArray(posture) && { posture: textsIn(posture) }),
    ...(prov && { prov }),
    ...(resolvedPaths && { resolvedPaths }),
  }
}

function addressIn(said: Json | undefined): string | undefined {
  if (said === undefined || said === null) return undefined
  if (typeof said !== "string" || said.length > 45)
    throw malformed("context.ip has to be an address, as text")
  return said
}

function pathsIn(said: Json | undefined): ReadonlyMap<string, string> | undefined {
  if (said === undefined || said === null) return undefined
  if (!isJsonObject(said)) throw malformed(PATHS)
  return new Map(
    Object.entries(said).map(([given, real]) => {
      if (typeof real !== "string") throw malformed(PATHS)
      return [given, real]
    }),
  )
}

const PATHS =
  "context.resolved_paths has to be an object of texts: the path on disk by the path as it was given"

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
