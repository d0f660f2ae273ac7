import { visibleText } from "@tabard/core"
import type { AgentPlanAnswer, DocumentAnswer, PlanAnswer, ToolAnswer } from "./plan-answer.ts"

/** Says a plan for a person at a terminal. */
export function planWords(plan: PlanAnswer): string {
  const { agents, changes, digest } = plan
  const blocks = [
    ...documentBlocks(plan),
    ...agents.map((each) => agentLines(each).join("\n")),
    ...plan.unfiled.map(unfiledLine),
  ]
  if (changes === 0) return `${[...blocks, "Nothing would change."].join("\n\n")}\n`
  const next = `Apply exactly this with the same paths and: tabard apply --digest ${visibleText(digest)}`
  return `${[...blocks, `${countWords(plan)}\n${next}`].join("\n\n")}\n`
}

function unfiledLine(name: string): string {
  return `${visibleText(name)}: its manifest is kept in this repository, lies in no file here, and stays in force (suspend or retire the agent to end it)`
}

function countWords({ documents, agents }: PlanAnswer): string {
  const others = documents.filter(({ change }) => !STANDS.has(change)).length
  const bound = agents.filter(
    ({ change, byHand }) => !STANDS.has(change) || !STANDS.has(byHand.change),
  ).length
  const said = [
    ...(others > 0 ? [`${others} document${others === 1 ? "" : "s"} of the organisation would change.`] : []),
    ...(bound > 0 ? [`${bound} agent${bound === 1 ? "" : "s"} would get other policies.`] : []),
  ]
  return said.join(" ")
}

const STANDS: ReadonlySet<string> = new Set(["same", "none", "unfiled"])

/** Says what was put in force. */
export function appliedWords({ changes }: PlanAnswer): string {
  if (changes === 0) return "Nothing had to change: this is in force.\n"
  return `${changes} change${changes === 1 ? " is" : "s are"} in force, as planned.\n`
}

function documentBlocks({ documents, affected, looked }: PlanAnswer): readonly string[] {
  if (documents.length === 0) return []
  const blocks = documents.map((document) => documentLines(document).join("\n"))
  if (documents.every(({ change }) => STANDS.has(change))) return blocks
  const head = `Of ${looked} other active agents looked at, ${affected.length} would be touched.`
  const touched = affected.flatMap(({ id, name, stops, tools, risk }) => [
    `  ${visibleText(name)} (${visibleText(id)})${stops ? ": its manifest compiles no longer, so it may do nothing" : ""}`,
    ...toolLines(tools).map((line) => `  ${line}`),
    `  ${riskLine(risk)}`,
  ])
  return [...blocks, [head, ...touched].join("\n")]
}

function documentLines({
  kind,
  subject,
  change,
  version,
  adds,
  takesAway,
}: DocumentAnswer): readonly string[] {
  const name = kind === "set" ? `The set ${visibleText(subject)}` : (DOCUMENTS.get(kind) ?? visibleText(kind))
  return [`${name}: ${documentWords(change, version)}`, ...accessLines(adds, takesAway)]
}

const DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ["guard", "Guard-rails"],
  ["offered", "Offered guard-rails"],
  ["tier", "Tiers"],
])

function documentWords(change: string, version: number | null): string {
  const was = version === null ? "" : ` version ${version}`
  switch (change) {
    case "first":
      return "new"
    case "changed":
      return `other than${was}`
    case "reworded":
      return `the same as${was} in other words`
    case "removed":
      return `taken away, as${was} is in no file`
    case "unfiled":
      return `in force as${was}, lies in no file, and stays (--prune takes it away)`
    default:
      return "in force already"
  }
}

function accessLines(adds: readonly string[], takesAway: readonly string[]): readonly string[] {
  return [
    ...adds.map((words) => `  + ${visibleText(words)}`),
    ...takesAway.map((words) => `  - ${visibleText(words)}`),
  ]
}

function agentLines(plan: AgentPlanAnswer): readonly string[] {
  const { id, name, adds, takesAway, tools, byHand } = plan
  const head = `${visibleText(name)} (${visibleText(id)}): ${changeWords(plan)}`
  const hand = byHand.change === "none" ? [] : [`  by hand: ${documentWords(byHand.change, byHand.version)}`]
  const stands = plan.change === "same" && STANDS.has(byHand.change)
  if (stands) return [head, ...hand, ...touchedLines(plan)]
  const access = accessLines(adds, takesAway)
  return [
    head,
    ...hand,
    ...(access.length > 0 ? access : ["  It means the same as before."]),
    ...toolLines(tools),
    riskLine(plan.risk),
    ...plan.opens.map((finding) => `  opens the finding ${visibleText(finding)}`),
    ...plan.resolves.map((finding) => `  resolves the finding ${visibleText(finding)}`),
    ...concernLines(plan),
  ]
}

/** What documents change of an agent whose own policies stay. */
function touchedLines({ tools, risk }: AgentPlanAnswer): readonly string[] {
  const isOther = tools.length > 0 || risk.before.score !== risk.after.score
  return isOther ? [...toolLines(tools), riskLine(risk)] : []
}

function changeWords({ change, version }: AgentPlanAnswer): string {
  if (change === "same") return "this manifest is in force already"
  if (change === "reworded") return `version ${version} of its manifest in other words`
  return version === null ? "its first manifest" : `another manifest in place of version ${version}`
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ["permit", "permitted"],
  ["ask", "a person is asked"],
  ["deny", "denied"],
  ["nothing", "not permitted"],
])

function toolLines(tools: readonly ToolAnswer[]): readonly string[] {
  const staying = tools.filter(({ before, after }) => before === after)
  const groups = Map.groupBy(staying, ({ guardRails }) => guardRails.map(visibleText).join(", "))
  return [
    ...tools.filter((tool) => !staying.includes(tool)).map(toolLine),
    ...[...groups].map(([rails, on]) => `  ${rails} may stop or ask now, by conditions: ${namesOf(on)}`),
  ]
}

/** As many tools as are named of one guard-rail. */
const MOST_NAMED = 5

function namesOf(tools: readonly ToolAnswer[]): string {
  const named = tools.slice(0, MOST_NAMED).map(({ tool }) => visibleText(tool))
  const more = tools.length - named.length
  return more === 0 ? named.join(", ") : `${named.join(", ")} and ${more} more`
}

function toolLine({ tool, before, after, guardRails }: ToolAnswer): string {
  const by = guardRails.length > 0 ? ` (${guardRails.map(visibleText).join(", ")})` : ""
  const said = (verdict: string): string => VERDICTS.get(verdict) ?? visibleText(verdict)
  return `  ${visibleText(tool)}: ${said(before)}, then ${said(after)}${by}`
}

function riskLine({ before, after }: AgentPlanAnswer["risk"]): string {
  const next = after.lower === "" ? "" : `; lowest by one change: ${visibleText(after.lower)}`
  const is = `${after.score} (${visibleText(after.band)})`
  if (before.score === after.score) return `  risk stays ${is}${next}`
  return `  risk ${before.score} (${visibleText(before.band)}), then ${is}${next}`
}

function concernLines(plan: AgentPlanAnswer): readonly string[] {
  const { teams, installs } = plan
  const helping = [...plan.maintainers, ...(teams > 0 ? [`${teams} team${teams === 1 ? "" : "s"}`] : [])]
  return [
    ...concern("its owner", plan.owner),
    ...concern("who helps:", helping),
    ...concern(`open tasks: ${plan.tasks}, for`, plan.served),
    ...concern("installs that may act now:", installs > 0 ? [String(installs)] : []),
    ...concern("agents that may act for it:", plan.actingForIt),
    ...concern("agents that it may act for:", plan.actedFor),
  ]
}

function concern(what: string, who: readonly string[]): readonly string[] {
  return who.length === 0 ? [] : [`  concerns ${what} ${who.map(visibleText).join(", ")}`]
}
