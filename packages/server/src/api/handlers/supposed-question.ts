import type { SupposedCall } from "@tabard/api"
import {
  type Explanation,
  explainDecision,
  questionAgain,
  type SupposedQuestion,
  type SupposedSession,
  type Transaction,
} from "@tabard/control"
import {
  type DecisionRecord,
  type Id,
  isId,
  isJsonObject,
  type JsonObject,
  MalformedJson,
  Problem,
  parseLossless,
  type Upstream,
} from "@tabard/core"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"

type Reads = Pick<Transaction, "agents" | "approvals" | "decisions" | "outbox" | "policies" | "servers">

/** A question as somebody supposes it, and the decision that it is asked again of. */
export interface Supposed {
  readonly question: SupposedQuestion
  readonly decision: DecisionRecord | undefined
  /** As `server/tool`. */
  readonly tool: string
}

/**
 * Reads what somebody supposes: of a decision that they may see, or about an agent that they may see.
 *
 * @throws {Problem} decision_not_found, agent_not_found, server_not_found, body_invalid
 */
export async function supposedQuestion(tx: Reads, asked: SupposedCall): Promise<Supposed> {
  const explained = asked.decision === undefined ? undefined : await explainDecision(tx, asked.decision)
  const base = await baseOf(tx, asked, explained)
  const question: SupposedQuestion = {
    ...(asked.policies === "now" ? asOfNow(base) : base),
    who: await whoOf(tx, asked, base.who),
    ...(asked.tool !== undefined && (await toolOf(tx, asked.tool))),
    session: { ...base.session, ...sessionOf(asked) },
    ...given({ at: asked.at === undefined ? undefined : new Date(asked.at), draft: asked.draft }),
  }
  const decision = explained?.decision
  return { question, decision, tool: asked.tool ?? decision?.action ?? question.tool }
}

async function baseOf(tx: Reads, asked: SupposedCall, explained?: Explanation): Promise<SupposedQuestion> {
  const args = asked.arguments === undefined ? undefined : argumentsIn(asked.arguments)
  if (explained) return questionAgain({ ...explained, arguments: args ?? explained.arguments })
  const agent = askedId("agent", "agent", asked.agent)
  if (agent === undefined || asked.tool === undefined || args === undefined) {
    throw new Problem("body_invalid", "name a decision, or an agent with a tool and its arguments")
  }
  return { who: { agent }, ...(await toolOf(tx, asked.tool)), arguments: args, session: {} }
}

function asOfNow({ who, server, tool, arguments: args, session }: SupposedQuestion): SupposedQuestion {
  return { who, server, tool, arguments: args, session }
}

type Who = SupposedQuestion["who"]

/** Another agent brings no task, person or chain of the one that was recorded. */
async function whoOf(tx: Reads, { agent: named, task, person }: SupposedCall, was: Who): Promise<Who> {
  const agent = askedId("agent", "agent", named) ?? was.agent
  if (!(await tx.agents.find(agent))) throw new Problem("agent_not_found", `there is no agent ${agent}`)
  const kept: Who = agent === was.agent ? was : { agent }
  return servedBy(task === undefined ? kept : underTask(kept, task), person)
}

/** A task serves whom it serves. */
function underTask({ task: _was, onBehalfOf: _served, ...others }: Who, task: string | null): Who {
  const id = askedId("task", "task", task ?? undefined)
  return { ...others, ...(id && { task: id }) }
}

function servedBy(who: Who, person: string | null | undefined): Who {
  if (person === undefined) return who
  const { onBehalfOf: _was, ...others } = who
  const id = askedId("user", "person", person ?? undefined)
  return { ...others, ...(id && { onBehalfOf: id }) }
}

function sessionOf(asked: SupposedCall): SupposedSession {
  const { environment, door, bound, posture, address, origins, approved } = asked
  return given({
    env: environment,
    door,
    bound,
    posture,
    ip: address,
    prov: origins && given(origins),
    approved,
  })
}

function argumentsIn(text: string): JsonObject {
  try {
    const value = parseLossless(text)
    if (isJsonObject(value)) return value
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    throw new Problem("body_invalid", `arguments cannot be read: ${error.message}`, { cause: error })
  }
  throw new Problem("body_invalid", "arguments are the JSON text of an object")
}

async function toolOf(tx: Reads, named: string): Promise<Pick<SupposedQuestion, "server" | "tool">> {
  const { id } = await serverOf(tx, named)
  return { server: id, tool: named.slice(named.indexOf("/") + 1) }
}

async function serverOf({ servers }: Reads, named: string): Promise<Upstream> {
  const name = named.slice(0, Math.max(0, named.indexOf("/")))
  const ids: readonly Id<"server">[] = isId("server", name) ? [name] : []
  const found = ids.length > 0 ? (await servers.findAll(ids))[0] : await servers.findByName(name)
  if (found) return found
  throw new Problem("server_not_found", `there is no server ${name.slice(0, 80)}: name a tool as server/tool`)
}
