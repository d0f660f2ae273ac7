import type { AgentDetail, DescriptionInput } from "@tabard/api"
import {
  CATEGORIES,
  type Category,
  DATA_CLASSES,
  type DataClass,
  ENVIRONMENTS,
  type Environment,
} from "@tabard/core"

/** What describes an agent, as fields hold it; an empty field says nothing. */
export interface DescriptionDraft {
  readonly name: string
  readonly purpose: string
  readonly category: Category | ""
  readonly environment: Environment | ""
  readonly dataClasses: readonly DataClass[]
  /** Parted by commas. */
  readonly systems: string
  /** As date fields write them. */
  readonly lastReview: string
  readonly nextReview: string
}

/** Where an agent that is entered by hand begins. */
export const EMPTY_DESCRIPTION: DescriptionDraft = {
  name: "",
  purpose: "",
  category: "",
  environment: "",
  dataClasses: [],
  systems: "",
  lastReview: "",
  nextReview: "",
}

/** Answers what holds of an agent, as fields hold it. */
export function descriptionDraft(agent: AgentDetail): DescriptionDraft {
  return {
    name: agent.name,
    purpose: agent.purpose ?? "",
    category: agent.category ?? "",
    environment: agent.environment ?? "",
    dataClasses: agent.dataClasses,
    systems: agent.systems.join(", "),
    lastReview: agent.lastReview ?? "",
    nextReview: agent.nextReview ?? "",
  }
}

type Change = DescriptionInput & { readonly name?: string | null }

/** Answers what a person changed: what they emptied is taken back, what they left alone is not said anew. */
export function changeOf(before: DescriptionDraft, after: DescriptionDraft): Change {
  const [was, is] = [membersOf(before), membersOf(after)]
  return Object.fromEntries(
    Object.entries(is).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name])),
  )
}

/** Answers what is said, without what is not. */
export function saidIn(draft: DescriptionDraft): DescriptionInput {
  const { name: _, ...said } = membersOf(draft)
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
}

function membersOf(draft: DescriptionDraft): Readonly<Record<string, unknown>> {
  const systems = listIn(draft.systems)
  return {
    name: draft.name.trim() || null,
    purpose: draft.purpose.trim() || null,
    category: draft.category || null,
    environment: draft.environment || null,
    dataClasses: draft.dataClasses.length > 0 ? draft.dataClasses : null,
    systems: systems.length > 0 ? systems : null,
    lastReview: draft.lastReview || null,
    nextReview: draft.nextReview || null,
  }
}

function listIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
}

/** Reads the choice of a field: one of the words, or nothing. */
export function categoryIn(text: string): Category | "" {
  return CATEGORIES.find((one) => one === text) ?? ""
}

/** Reads the choice of a field: one of the words, or nothing. */
export function environmentIn(text: string): Environment | "" {
  return ENVIRONMENTS.find((one) => one === text) ?? ""
}

/** Answers the classes with one of them turned on or off, in their own order. */
export function toggled(classes: readonly DataClass[], one: DataClass): readonly DataClass[] {
  return DATA_CLASSES.filter((known) => (known === one ? !classes.includes(one) : classes.includes(known)))
}
