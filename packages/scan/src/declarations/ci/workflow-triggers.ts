import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"
import { declarationKnowledge } from "../declaration-knowledge.ts"

/** An event that starts a workflow. */
export interface Trigger {
  readonly event: string
  /** Whether somebody without any right in the repository can cause it. */
  readonly fromStrangers: boolean
}

/** Answers the events that start a workflow, in whichever of its spellings they are told; YAML 1.1 reads `on` as true. */
export function workflowTriggers(workflow: Fields): readonly Trigger[] {
  const on = field(workflow, "on", "true")
  const told = asFields(on)
  const events = told ? Object.keys(told) : asTexts(on)
  return events.map((event) => ({ event, fromStrangers: fromStrangers(event, field(told, event)) }))
}

/** Only people with rights can label, assign or lock: an event that is nothing else is not a stranger's to cause. */
function fromStrangers(event: string, says: unknown): boolean {
  const { strangers, trustedTypes } = declarationKnowledge().events
  if (!strangers.includes(event)) return false
  const types = asTexts(field(asFields(says), "types"))
  return types.length === 0 || types.some((type) => !trustedTypes.includes(type))
}

/** Answers whether a value looks like the triggers of a workflow: a name, names, or a map of names. */
export function looksLikeTriggers(value: unknown): boolean {
  return asText(value) !== undefined || Array.isArray(value) || asFields(value) !== undefined
}
