import type { SettingSighting } from "../../configurations/observation.ts"
import { asFields, asText, field } from "../../documents/fields.ts"
import { WORKFLOW_SETTINGS } from "../workflow-settings.ts"
import { headCommands } from "./head-commands.ts"
import { type WorkflowStep, wordsOf } from "./workflow-jobs.ts"

const NAMES_HEAD = /head[._](?:ref|sha)|headRef(?:Name|Oid)|refs\/pull\/|github\.head_ref|head\.ref/

/** Answers whether a job brings what a pull request proposes into the folder where its agent works. */
export function checkoutOf(steps: readonly WorkflowStep[]): readonly SettingSighting[] {
  const brings = steps.some(
    (step) => checksOutHead(step, steps) || headCommands(asText(field(step.fields, "run")) ?? ""),
  )
  return brings ? [{ setting: WORKFLOW_SETTINGS.checkout, value: "pull request head", level: null }] : []
}

function checksOutHead({ fields }: WorkflowStep, steps: readonly WorkflowStep[]): boolean {
  if (!asText(field(fields, "uses"))?.startsWith("actions/checkout@")) return false
  const inputs = asFields(field(fields, "with"))
  const ref = `${asText(field(inputs, "ref")) ?? ""} ${asText(field(inputs, "repository")) ?? ""}`
  if (NAMES_HEAD.test(ref) || /pull_request\.number|head\.repo/.test(ref)) return true
  const from = /steps\.([\w-]+)\.outputs/.exec(ref)?.[1]
  return steps.some((step) => asText(field(step.fields, "id")) === from && NAMES_HEAD.test(wordsOf(step)))
}
