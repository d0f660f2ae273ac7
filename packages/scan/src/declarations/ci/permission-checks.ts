import { asText, field } from "../../documents/fields.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"
import { type WorkflowJob, type WorkflowStep, wordsOf } from "./workflow-jobs.ts"

/** Answers whether a step looks up what the person who started the run may do. */
export function checksPermission(step: WorkflowStep): boolean {
  const { actions, words } = declarationKnowledge().checks
  const uses = asText(field(step.fields, "uses"))?.replace(/@.*$/s, "") ?? ""
  const says = wordsOf(step)
  return actions.includes(uses) || words.some((word) => says.includes(word))
}

/** Answers whether such a step ends the job where the person may not: then nothing behind it is reached. */
export function stopsStrangers(step: WorkflowStep): boolean {
  const says = wordsOf(step)
  const isAction = declarationKnowledge().checks.actions.some((action) => says.includes(action))
  return checksPermission(step) && (isAction || /setFailed|exit 1|\bthrow\b|raise /.test(says))
}

/** Answers the test by which a condition recognises the ids of checks: steps before it in the job, or jobs it waits for. */
export function knowsChecks(job: WorkflowJob, jobs: readonly WorkflowJob[]): (id: string) => boolean {
  return (id) =>
    job.steps.some((step) => asText(field(step.fields, "id")) === id && checksPermission(step)) ||
    jobs.some((other) => other.id === id && other.steps.some(checksPermission))
}
