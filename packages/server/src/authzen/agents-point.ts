import {
  AGENTS_APPLICATION,
  type ApplicationQuestion,
  type CallEvaluation,
  type EnforcementPoint,
  evaluateCall,
  type Shelf,
  type Sought,
  type WouldBeCall,
} from "@tabard/control"
import { allAskWords, type Clock, type Id, isId } from "@tabard/core"
import type { AccessCaller } from "./access-caller.ts"
import { AccessRefused } from "./access-refused.ts"
import {
  type AgentQuestion,
  circumstancesIn,
  namedIn,
  readAgentQuestion,
  readWho,
  TOOL,
  TOOL_CALL,
} from "./agent-question.ts"
import type { DecisionPoint, Evaluated, SoughtPage, SoughtResult, SoughtResults } from "./decision-point.ts"
import type { KnownServers } from "./known-servers.ts"
import { othersTurn } from "./others-turn.ts"

/** What decisions about agents are made from. */
export interface AgentsPointDeps extends Omit<Parameters<typeof evaluateCall>[0], keyof Shelf> {
  readonly shelf: Shelf
  readonly clock: Clock
  readonly servers: KnownServers
}

/** Who asks, and as which door. */
interface Asker {
  readonly caller: AccessCaller
  readonly door: Pick<EnforcementPoint, "kind" | "subjects" | "asserts">
}

/** The most that is looked at for one page of a search: what is left is on the next one. */
const MOST_LOOKED_AT = 500

/** For how long an answer that people could agree to is worth asking them about. */
const WORTH_ASKING_MS = 15 * 60_000

/**
 * The built-in application: the decisions about agents, without their effects. A point asks about the agents that it is
 * registered for; an agent asks about itself alone, and its word for anything else counts for nothing.
 */
export function agentsPoint(deps: AgentsPointDeps, caller: AccessCaller): DecisionPoint {
  const asker = askerOf(caller)
  return {
    name: AGENTS_APPLICATION,
    recorded: caller.kind === "point" && caller.point.recorded,
    evaluate: (question) => evaluate(deps, asker, question),
    search: (sought, question, page) => search(deps, asker, { sought, question, page }),
  }
}

/** An agent asks as if it stood before the gateway, and has seen nothing that counts. */
function askerOf(caller: AccessCaller): Asker {
  if (caller.kind === "point") return { caller, door: caller.point }
  return { caller, door: { kind: "gateway", subjects: [caller.token.agent], asserts: [] } }
}

async function evaluate(
  deps: AgentsPointDeps,
  asker: Asker,
  question: ApplicationQuestion,
): Promise<Evaluated> {
  const asked = readAgentQuestion(question)
  if (typeof asked === "string") return unknown(asked)
  assertItself(asker, asked)
  const server = await serverOf(deps, asked.server)
  if (!server) return unknown("nothing is known here of such a server")
  const call: WouldBeCall = {
    who:
      asker.caller.kind === "agent"
        ? { token: asker.caller.token }
        : { named: namedIn(asked), asIssued: true },
    server,
    tool: asked.tool,
    arguments: asked.arguments,
    ...(asked.digest !== null && { digest: asked.digest }),
    ...(asked.atLeast !== null && { atLeast: asked.atLeast }),
    point: asker.door,
    circumstances: circumstancesIn(question.context),
  }
  return evaluatedOf(deps, await evaluateCall({ ...deps, ...deps.shelf }, call))
}

/** Whose subjects are not the caller's are not told apart from those that are not there. */
function assertItself(
  { caller, door }: Asker,
  { agent, person }: Pick<AgentQuestion, "agent" | "person">,
): void {
  const itself =
    caller.kind === "point" || (caller.token.agent === agent && person === servedBy(caller, person))
  if (itself && (door.subjects.includes("*") || door.subjects.includes(agent))) return
  const words =
    caller.kind === "agent"
      ? "an agent asks about itself alone: name it as the subject"
      : "this enforcement point is not registered for this agent"
  throw new AccessRefused(403, "subject_not_yours", words)
}

function servedBy(
  { served }: Extract<AccessCaller, { kind: "agent" }>,
  person: string | null,
): string | null {
  return person === null ? null : served
}

async function serverOf({ servers }: AgentsPointDeps, named: string): Promise<Id<"server"> | undefined> {
  return isId("server", named) ? named : servers.find(named)
}

function evaluatedOf({ clock }: AgentsPointDeps, answer: CallEvaluation): Evaluated {
  const { effect, code, reasons, asks, missing, version } = answer
  const common = { code, policies: reasons, obligations: [], version }
  switch (effect) {
    case "permit":
      return { ...common, effect, words: "a policy permits this" }
    case "deny":
      return { ...common, effect, words: missing || "no policy permits this" }
    case "ask": {
      const words = asks.map(({ say }) => say).join("; ") || "this needs a person's agreement"
      return { ...common, effect, words, accessRequest: accessRequestOf(clock, asks) }
    }
  }
}

/** What whoever asked does next, where people could agree. */
function accessRequestOf(
  clock: Clock,
  asks: CallEvaluation["asks"],
): NonNullable<Evaluated["accessRequest"]> {
  return {
    template: "call",
    expires_at: new Date(clock.now().getTime() + WORTH_ASKING_MS).toISOString(),
    display: {
      title: capital(`${allAskWords(asks.map(({ route }) => route))} must approve it`),
      description:
        "Make the call at the gateway with the agent's own token: that asks the people, and the same call passes once they have agreed.",
    },
  }
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function unknown(words: string): Evaluated {
  return { effect: "deny", code: "question_unknown", words, policies: [], obligations: [], version: 0 }
}

interface Search {
  readonly sought: Sought
  readonly question: ApplicationQuestion
  readonly page: SoughtPage
}

async function search(deps: AgentsPointDeps, asker: Asker, asked: Search): Promise<SoughtResults> {
  const { sought, question, page } = asked
  const candidates = await candidatesOf(deps, asker, asked)
  const version = await deps.shelf.snapshot(({ organisation }) => organisation.version())
  const results: SoughtResult[] = []
  const end = Math.min(candidates.length, page.from + MOST_LOOKED_AT)
  for (let at = page.from; at < end; at++) {
    if (at > page.from) await othersTurn()
    const name = candidates[at] ?? ""
    const { effect, obligations } = await evaluate(deps, asker, about(sought, question, name))
    if (effect !== "permit" || !page.isWanted(obligations)) continue
    if (results.length === page.limit) return { version, results, next: at }
    results.push({ entity: entityOf(sought, question, name), obligations })
  }
  return { version, results, next: end < candidates.length ? end : null }
}

async function candidatesOf(
  deps: AgentsPointDeps,
  asker: Asker,
  { sought, question }: Search,
): Promise<readonly string[]> {
  if (sought === "subject") return question.subject.type === "agent" ? agentsOf(deps, asker) : []
  const who = readWho(question.subject, question.context)
  if (typeof who === "string") return []
  assertItself(asker, who)
  if (sought === "action") return [TOOL_CALL]
  return question.resource.type === TOOL ? toolsOf(deps) : []
}

/** Every agent that this door may ask about. */
async function agentsOf({ shelf }: AgentsPointDeps, { door }: Asker): Promise<readonly string[]> {
  if (!door.subjects.includes("*")) return door.subjects.toSorted()
  return shelf.snapshot(async ({ agents }) => {
    const found: string[] = []
    let after: Id<"agent"> | undefined
    do {
      const page = await agents.list({ state: "active", limit: 1000, ...(after && { after }) })
      found.push(...page.map(({ id }) => id))
      after = page.length === 1000 ? page.at(-1)?.id : undefined
    } while (after)
    return found
  })
}

/** Every reviewed tool of every server. */
async function toolsOf({ shelf }: AgentsPointDeps): Promise<readonly string[]> {
  return shelf.snapshot(async ({ servers }) => {
    const found: string[] = []
    for (const { id } of await servers.list())
      for (const { name } of await servers.pinned(id)) found.push(`${id}/${name}`)
    return found.toSorted()
  })
}

function about(sought: Sought, question: ApplicationQuestion, name: string): ApplicationQuestion {
  if (sought === "action") return { ...question, action: { name, properties: {} } }
  return { ...question, [sought]: { ...question[sought], id: name } }
}

function entityOf(sought: Sought, question: ApplicationQuestion, name: string): SoughtResult["entity"] {
  return sought === "action" ? { name } : { type: question[sought].type, id: name }
}
