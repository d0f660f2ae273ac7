import { visibleText } from "@tabard/core"
import type { AgentPlanAnswer, PlanAnswer } from "./plan-answer.ts"

/** Says a plan for a person at a terminal. */
export function planWords({ agents, changes, digest }: PlanAnswer): string {
  const blocks = agents.map((plan) => agentLines(plan).join("\n"))
  if (changes === 0) return `${[...blocks, "Nothing would change."].join("\n\n")}\n`
  const count = `${changes} agent${changes === 1 ? "" : "s"} would get another manifest.`
  const next = `Apply exactly this with the same paths and: tabard apply --digest ${visibleText(digest)}`
  return `${[...blocks, `${count}\n${next}`].join("\n\n")}\n`
}

/** Says what was put in force. */
export function appliedWords({ changes }: PlanAnswer): string {
  if (changes === 0) return "Nothing had to change: these manifests are in force.\n"
  return `${changes} manifest${changes === 1 ? " is" : "s are"} in force, as planned.\n`
}

function agentLines(plan: AgentPlanAnswer): readonly string[] {
  const { id, name, adds, takesAway, tools } = plan
  const head = `${visibleText(name)} (${visibleText(id)}): ${changeWords(plan)}`
  if (plan.change === "same") return [head]
  const access = [
    ...adds.map((words) => `  + ${visibleText(words)}`),
    ...takesAway.map((words) => `  - ${visibleText(words)}`),
  ]
  return [
    head,
    ...(access.length > 0 ? access : ["  It means the same as before."]),
    ...tools.map(toolLine),
    riskLine(plan.risk),
    ...plan.opens.map((finding) => `  opens the finding ${visibleText(finding)}`),
    ...plan.resolves.map((finding) => `  resolves the finding ${visibleText(finding)}`),
    ...concernLines(plan),
  ]
}

function changeWords({ change, version }: AgentPlanAnswer): string {
  if (change === "same") return "this manifest is in force already"
  return version === null ? "its first manifest" : `another manifest in place of version ${version}`
}

const VERDICTS: ReadonlyMap<string, string> = new Map([
  ["permit", "permitted"],
  ["ask", "a person is asked"],
  ["deny", "denied"],
  ["nothing", "not permitted"],
])

function toolLine({ tool, before, after, guardRails }: AgentPlanAnswer["tools"][number]): string {
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
