import { asText, type Fields, field } from "../../documents/fields.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { type WorkflowJob, type WorkflowStep, wordsOf } from "./workflow-jobs.ts"

/** What a step does about who started the run. */
interface PermissionCheck {
  readonly looks: boolean
  readonly stops: boolean
}

/** Each agent of a job asks the same of the steps before it. */
const known = new WeakMap<Fields, PermissionCheck>()

/** Answers whether a step looks up what the person who started the run may do. */
export function checksPermission(step: WorkflowStep): boolean {
  return checkOf(step).looks
}

/** Answers whether such a step ends the job where the person may not: then nothing behind it is reached. */
export function stopsStrangers(step: WorkflowStep): boolean {
  return checkOf(step).stops
}

function checkOf(step: WorkflowStep): PermissionCheck {
  const check = known.get(step.fields) ?? readCheck(step)
  known.set(step.fields, check)
  return check
}

function readCheck(step: WorkflowStep): PermissionCheck {
  const { actions, words } = declarationKnowledge().checks
  const uses = asText(field(step.fields, "uses"))?.replace(/@.*$/s, "") ?? ""
  const says = wordsOf(step)
  const isAction = actions.includes(uses)
  const looks = isAction || words.some((word) => says.includes(word))
  return { looks, stops: looks && (isAction || /setFailed|exit 1|\bthrow\b|raise /.test(says)) }
}

/** Answers the test by which a condition recognises the ids of checks: steps before it in the job, or jobs it waits for. */
export function knowsChecks(job: WorkflowJob, jobs: readonly WorkflowJob[]): (id: string) => boolean {
  return (id) =>
    job.steps.some((step) => asText(field(step.fields, "id")) === id && checksPermission(step)) ||
    jobs.some((other) => other.id === id && other.steps.some(checksPermission))
}
