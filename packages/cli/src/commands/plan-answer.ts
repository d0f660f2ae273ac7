import { isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"

/** How an agent's risk stands. */
export interface RiskAnswer {
  readonly score: number
  readonly band: string
  /** What would lower it most, in words; empty where nothing single does. */
  readonly lower: string
}

/** What becomes of one tool. */
export interface ToolAnswer {
  readonly tool: string
  readonly before: string
  readonly after: string
  readonly guardRails: readonly string[]
}

/** What becomes of policies by hand, and in place of which version. */
export interface ByHandAnswer {
  readonly change: string
  readonly version: number | null
}

/** What becomes of one of the organisation's documents. */
export interface DocumentAnswer extends ByHandAnswer {
  readonly kind: string
  readonly subject: string
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
}

/** An agent that documents touch. */
export interface AffectedAnswer {
  readonly id: string
  readonly name: string
  readonly stops: boolean
  readonly tools: readonly ToolAnswer[]
  readonly risk: { readonly before: RiskAnswer; readonly after: RiskAnswer }
}

/** What one manifest changes, as a server tells it. */
export interface AgentPlanAnswer {
  readonly id: string
  readonly name: string
  readonly change: string
  readonly version: number | null
  /** What becomes of what is written by hand beside it. */
  readonly byHand: ByHandAnswer
  readonly adds: readonly string[]
  readonly takesAway: readonly string[]
  readonly tools: readonly ToolAnswer[]
  readonly risk: { readonly before: RiskAnswer; readonly after: RiskAnswer }
  /** In words. */
  readonly opens: readonly string[]
  readonly resolves: readonly string[]
  readonly owner: readonly string[]
  readonly maintainers: readonly string[]
  readonly teams: number
  readonly tasks: number
  readonly served: readonly string[]
  readonly installs: number
  readonly actingForIt: readonly string[]
  readonly actedFor: readonly string[]
}

/** A plan, as a server tells it. */
export interface PlanAnswer {
  readonly digest: string
  readonly changes: number
  readonly agents: readonly AgentPlanAnswer[]
  readonly documents: readonly DocumentAnswer[]
  readonly affected: readonly AffectedAnswer[]
  /** Agents of the same repository whose manifest lies in no file here, by their names. */
  readonly unfiled: readonly string[]
  /** How many other agents were looked at. */
  readonly looked: number
}

/**
 * Reads what a server answered to a plan.
 *
 * @throws {Problem} body_invalid, where it is none
 */
export function planAnswer(said: JsonObject): PlanAnswer {
  return {
    digest: text(said["digest"]),
    changes: count(said["changes"]),
    agents: list(said["agents"]).map(agentAnswer),
    documents: list(said["documents"]).map(documentAnswer),
    affected: list(said["affected"]).map(affectedAnswer),
    unfiled: list(said["unfiled"]).map(named),
    looked: count(said["looked"]),
  }
}

function agentAnswer(said: Json): AgentPlanAnswer {
  const plan = object(said)
  const { id, name } = object(plan["agent"])
  const risk = object(plan["risk"])
  const tasks = list(plan["tasks"]).map((task) => named(object(task)["onBehalfOf"]))
  return {
    id: text(id),
    name: text(name),
    change: text(plan["change"]),
    version: versionIn(plan),
    byHand: byHandAnswer(plan["byHand"]),
    adds: list(plan["adds"]).map(text),
    takesAway: list(plan["takesAway"]).map(text),
    tools: list(plan["tools"]).map(toolAnswer),
    risk: { before: riskAnswer(risk["before"]), after: riskAnswer(risk["after"]) },
    opens: list(plan["opens"]).map(findingWords),
    resolves: list(plan["resolves"]).map(findingWords),
    owner: plan["owner"] === null ? [] : [named(plan["owner"])],
    maintainers: list(plan["maintainers"]).map(named),
    teams: count(plan["teams"]),
    tasks: tasks.length,
    served: [...new Set(tasks)],
    installs: count(plan["installs"]),
    actingForIt: list(plan["actingForIt"]).map(named),
    actedFor: list(plan["actedFor"]).map(named),
  }
}

function byHandAnswer(said: Json | undefined): ByHandAnswer {
  const byHand = object(said)
  return { change: text(byHand["change"]), version: versionIn(byHand) }
}

function documentAnswer(said: Json): DocumentAnswer {
  const document = object(said)
  return {
    ...byHandAnswer(said),
    kind: text(document["kind"]),
    subject: text(document["subject"]),
    adds: list(document["adds"]).map(text),
    takesAway: list(document["takesAway"]).map(text),
  }
}

function affectedAnswer(said: Json): AffectedAnswer {
  const affected = object(said)
  const { id, name } = object(affected["agent"])
  const risk = object(affected["risk"])
  return {
    id: text(id),
    name: text(name),
    stops: affected["stops"] === true,
    tools: list(affected["tools"]).map(toolAnswer),
    risk: { before: riskAnswer(risk["before"]), after: riskAnswer(risk["after"]) },
  }
}

function versionIn({ version }: JsonObject): number | null {
  return version === null ? null : count(version)
}

function toolAnswer(said: Json): ToolAnswer {
  const { server, tool, before, after, guardRails } = object(said)
  return {
    tool: `${text(server)}/${text(tool)}`,
    before: text(before),
    after: text(after),
    guardRails: list(guardRails).map(text),
  }
}

function riskAnswer(said: Json | undefined): RiskAnswer {
  const { score, band, counterfactual } = object(said)
  const known = { score: count(score), band: text(band) }
  if (counterfactual === null) return { ...known, lower: "" }
  const lower = object(counterfactual)
  return { ...known, lower: `${text(lower["say"])} (${count(lower["score"])}, ${text(lower["band"])})` }
}

function findingWords(said: Json): string {
  const { rule, severity, message } = object(said)
  return `${text(rule)} (${text(severity)}): ${text(message)}`
}

function named(said: Json | undefined): string {
  return text(object(said)["name"])
}

function object(said: Json | undefined): JsonObject {
  if (isJsonObject(said)) return said
  throw noPlan()
}

function list(said: Json | undefined): readonly Json[] {
  if (Array.isArray(said)) return said
  throw noPlan()
}

function text(said: Json | undefined): string {
  if (typeof said === "string") return said
  throw noPlan()
}

function count(said: Json | undefined): number {
  if (typeof said === "number") return said
  throw noPlan()
}

function noPlan(): Problem {
  return new Problem(
    "body_invalid",
    "the server answered no plan that this tabard knows; use the server's version",
  )
}
