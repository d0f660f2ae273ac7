import type { SettingSighting } from "../../configurations/observation.ts"
import { asFields, asText, type Fields, field } from "../../documents/fields.ts"
import type { KnownAction } from "../declaration-knowledge.ts"
import { WORKFLOW_GUARDS, WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { parseCondition } from "./condition.ts"
import { inputText } from "./input-text.ts"
import { knowsChecks, stopsStrangers } from "./permission-checks.ts"
import { all, type Guard, type Passage, strangerPasses } from "./stranger-passes.ts"
import type { WorkflowJob, WorkflowStep } from "./workflow-jobs.ts"
import type { Trigger } from "./workflow-triggers.ts"

/** A step that runs an agent, where it stands, and what starts it. */
export interface Run {
  readonly step: WorkflowStep
  readonly job: WorkflowJob
  readonly jobs: readonly WorkflowJob[]
  readonly triggers: readonly Trigger[]
  /** The action, where one is used instead of a command. */
  readonly action: KnownAction | undefined
}

/** Answers what starts a run, which of it a stranger can cause, and what stands in a stranger's way. */
export function strangerAccess(run: Run): readonly SettingSighting[] {
  const { triggers } = run
  const ways = triggers
    .filter(({ fromStrangers }) => fromStrangers)
    .map(({ event }) => ({ event, ...wayIn(run, event) }))
  const guards = new Set(ways.flatMap((way) => way.guards))
  const open = ways.some(({ passes }) => passes)
  return [
    ...triggers.map(({ event }) => told(WORKFLOW_SETTINGS.trigger, event)),
    ...ways.map(({ event }) => told(WORKFLOW_SETTINGS.untrustedTrigger, event)),
    ...(open ? [WORKFLOW_GUARDS.none] : [...guards]).map((guard) => told(WORKFLOW_SETTINGS.guard, guard)),
    ...guardsOff(run).map((input) => told(WORKFLOW_SETTINGS.guardOff, input)),
  ]
}

function told(setting: string, value: string): SettingSighting {
  return { setting, value, level: null }
}

/** The gates a stranger who causes `event` has to pass: the jobs before, the job, the steps before, the step, the action. */
function wayIn(run: Run, event: string): Passage {
  const { step, job } = run
  const before = job.steps.slice(0, job.steps.indexOf(step)).some(stopsStrangers)
  return all([
    ...jobsOnTheWay(job, run.jobs).map((other) => throughJob(other, run, event)),
    gate(before, WORKFLOW_GUARDS.check),
    throughIf(step.fields, job, run, event),
    gate(actionRefuses(run, event), WORKFLOW_GUARDS.action),
  ])
}

function gate(isShut: boolean, guard: Guard): Passage {
  return { passes: !isShut, guards: isShut ? [guard] : [] }
}

/** A job and those it waits for; with `always()` it runs whatever became of them. */
function jobsOnTheWay(
  job: WorkflowJob,
  jobs: readonly WorkflowJob[],
  seen: readonly string[] = [],
): readonly WorkflowJob[] {
  if (seen.includes(job.id) || seen.length > 10) return []
  if (/always\(\)/.test(ifOf(job.fields))) return [job]
  const needed = jobs.filter(({ id }) => job.needs.includes(id))
  return [job, ...needed.flatMap((other) => jobsOnTheWay(other, jobs, [...seen, job.id]))]
}

function throughJob(job: WorkflowJob, run: Run, event: string): Passage {
  const isBefore = job !== run.job && job.steps.some(stopsStrangers)
  return all([throughIf(job.fields, job, run, event), gate(isBefore, WORKFLOW_GUARDS.check)])
}

function throughIf(fields: Fields, job: WorkflowJob, run: Run, event: string): Passage {
  const text = ifOf(fields)
  if (text === "") return { passes: true, guards: [] }
  return strangerPasses(parseCondition(text), { event, isCheck: knowsChecks(job, run.jobs) })
}

function ifOf(fields: Fields): string {
  const value = field(fields, "if")
  return asText(value) ?? (value === false ? "false" : "")
}

function actionRefuses({ action, ...run }: Run, event: string): boolean {
  if (!action?.guard || action.guard.notFor.includes(event)) return false
  return guardsOff({ action, ...run }).length === 0
}

/** Inputs that let strangers in where the action would refuse them. */
function guardsOff({ action, step }: Run): readonly string[] {
  const inputs = asFields(field(step.fields, "with"))
  return Object.entries(action?.guard?.off ?? {}).flatMap(([input, values]) => {
    const value = inputText(field(inputs, input))
    const words = value.split(/[\s,]+/)
    return values.some((off) => words.includes(off)) ? [`${input}: ${value}`] : []
  })
}
