import type { Path } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"

/** A step of a job, and the way to it. */
export interface WorkflowStep {
  readonly fields: Fields
  readonly path: Path
}

/** A job of a workflow; one that hands on to another workflow has that as its only step. */
export interface WorkflowJob {
  readonly id: string
  readonly fields: Fields
  readonly path: Path
  readonly steps: readonly WorkflowStep[]
  /** The jobs that must have succeeded before it. */
  readonly needs: readonly string[]
}

/** Answers the jobs of a workflow. */
export function workflowJobs(workflow: Fields): readonly WorkflowJob[] {
  return Object.entries(asFields(field(workflow, "jobs")) ?? {}).flatMap(([id, value]) => {
    const fields = asFields(value)
    if (!fields) return []
    const path = ["jobs", id]
    const steps = stepsIn(field(fields, "steps"), [...path, "steps"])
    const handsOn = asText(field(fields, "uses")) === undefined ? [] : [{ fields, path }]
    return [{ id, fields, path, steps: [...handsOn, ...steps], needs: asTexts(field(fields, "needs")) }]
  })
}

/** Answers the steps in a list, also those of a composite action. */
export function stepsIn(value: unknown, path: Path): readonly WorkflowStep[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.flatMap((item, index) => {
    const fields = asFields(item)
    return fields ? [{ fields, path: [...path, index] }] : []
  })
}

/** Answers what a step goes by: its id, else its name, else undefined. */
export function stepName({ fields }: WorkflowStep): string | undefined {
  return asText(field(fields, "id")) ?? asText(field(fields, "name"))
}

/** Answers everything a step says as one text, to look for words in. */
export function wordsOf({ fields }: Pick<WorkflowStep, "fields">): string {
  return JSON.stringify(fields) ?? ""
}
