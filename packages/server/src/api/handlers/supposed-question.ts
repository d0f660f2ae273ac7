import type { SupposedCall } from "@tabard/api"
import {
  type Caller,
  type Explanation,
  explainDecision,
  questionAgain,
  requireTier,
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
  readAmount,
  type Upstream,
} from "@tabard/core"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"

type Reads = Pick<
  Transaction,
  "agents" | "approvals" | "decisions" | "outbox" | "policies" | "servers" | "tasks"
>

/** A question as somebody supposes it, and the decision that it is asked again of. */
export interface Supposed {
  readonly question: SupposedQuestion
  readonly decision: DecisionRecord | undefined
  /** As `server/tool`. */
  readonly tool: string
}

/**
 * Reads what somebody supposes: of a decision that they may see, or about an agent that they may see. Whoever they name besides,
 * they may see as well: an answer tells of the policies of everybody in its chain.
 *
 * @throws {Problem} decision_not_found, agent_not_found, task_not_found, person_not_found, server_not_found, body_invalid
 */
export async function supposedQuestion(tx: Reads, caller: Caller, asked: SupposedCall): Promise<Supposed> {
  const explained = asked.decision === undefined ? undefined : await explainDecision(tx, asked.decision)
  const base = await baseOf(tx, asked, explained)
  const question: SupposedQuestion = {
    ...(asked.policies === "now" ? asOfNow(base) : base),
    who: await whoOf(tx, caller, asked, base.who),
    ...(asked.tool !== undefined && (await toolOf(tx, asked.tool))),
    session: { ...base.session, ...sessionOf(asked) },
    ...(await furtherOf(tx, caller, asked)),
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

function asOfNow({ asOf: _asOf, at: _at, ...base }: SupposedQuestion): SupposedQuestion {
  return base
}

type Who = SupposedQuestion["who"]

/** Another agent brings no task, person or chain of the one that was recorded. */
async function whoOf(tx: Reads, caller: Caller, asked: SupposedCall, was: Who): Promise<Who> {
  const agent = await seenAgent(tx, asked.agent, was.agent)
  const kept: Who = agent === was.agent ? was : { agent }
  const tasked = asked.task === undefined ? kept : await underTask(tx, kept, asked.task)
  const served = servedBy(tasked, caller, { person: asked.person, was: was.onBehalfOf })
  if (asked.actingFor === undefined) return served
  const actingFor: Id<"agent">[] = []
  for (const id of asked.actingFor) actingFor.push(await seenAgent(tx, id, was.agent))
  return { ...served, actingFor }
}

async function seenAgent(
  { agents }: Pick<Reads, "agents">,
  named: string | undefined,
  otherwise: Id<"agent">,
): Promise<Id<"agent">> {
  const agent = askedId("agent", "agent", named) ?? otherwise
  if (!(await agents.find(agent))) throw new Problem("agent_not_found", `there is no agent ${agent}`)
  return agent
}

/** A task serves whom it serves. */
async function underTask(
  { tasks }: Pick<Reads, "tasks">,
  { task: _was, onBehalfOf: _served, ...others }: Who,
  named: string | null,
): Promise<Who> {
  if (named === null) return others
  const task = askedId("task", "task", named)
  if (!task || !(await tasks.find(task))) throw new Problem("task_not_found", `there is no task ${named}`)
  return { ...others, task }
}

/** What somebody lets agents do for them is theirs: a member supposes themselves, or whoever was served. */
function servedBy(
  who: Who,
  caller: Caller,
  { person, was }: { readonly person: string | null | undefined; readonly was: Id<"user"> | undefined },
): Who {
  if (person === undefined) return who
  const { onBehalfOf: _was, ...others } = who
  const id = askedId("user", "person", person ?? undefined)
  if (id) assertMaySuppose(caller, id, was)
  return { ...others, ...(id && { onBehalfOf: id }) }
}

function assertMaySuppose({ id, role }: Caller, person: Id<"user">, was?: Id<"user">): void {
  if (role !== "member" || person === id || person === was) return
  throw new Problem("person_not_found", `there is no person ${person} whom you could suppose`)
}

/** What is supposed of the agent, its tool and its limits, and the text that would be in force. */
async function furtherOf(tx: Reads, caller: Caller, asked: SupposedCall): Promise<Partial<SupposedQuestion>> {
  const { effects, toolDigest: digest, resolved, draft, at } = asked
  const agent = await supposedAgent(tx, caller, asked)
  return given({
    effects,
    digest,
    resolved,
    draft,
    agent,
    left: asked.left && leftOf(asked.left),
    at: at === undefined ? undefined : new Date(at),
  })
}

async function supposedAgent(
  tx: Reads,
  caller: Caller,
  { tier, owner: named, category, risk }: SupposedCall,
): Promise<SupposedQuestion["agent"]> {
  // A name that is no tier's has no ceiling, and no agent is under it.
  if (tier !== undefined) await requireTier(tx, tier)
  const owner = askedId("user", "person", named)
  if (owner) assertMaySuppose(caller, owner)
  const agent = given({ tier, owner, category, risk })
  return Object.keys(agent).length > 0 ? agent : undefined
}

function leftOf({ calls, spend }: NonNullable<SupposedCall["left"]>): NonNullable<SupposedQuestion["left"]> {
  const amount = spend === undefined ? undefined : readAmount(spend)
  if (spend !== undefined && amount === undefined)
    throw new Problem("body_invalid", "left.spend is an amount of at most four places, such as 12.50")
  return given({ calls, spend: amount })
}

function sessionOf(asked: SupposedCall): SupposedSession {
  const { environment, door, bound, posture, key, address, origins, approved } = asked
  return given({
    env: environment,
    door,
    bound,
    posture,
    key,
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
