import type { AgentDetail, AgentSummary } from "@tabard/api"
import { BY_HAND } from "@tabard/control"
import {
  AUTONOMY_LEVELS,
  type AutonomyLevel,
  CATEGORIES,
  type Category,
  DATA_CLASSES,
  type DataClass,
  ENVIRONMENTS,
  type Environment,
  effectiveFacts,
  type Fact,
} from "@tabard/core"
import { agentName } from "./names.ts"

/** The members of a row that facts tell. */
type Described = Pick<
  AgentSummary,
  "name" | "category" | "client" | "autonomy" | "byHand" | "environment" | "dataClasses" | "nextReview"
>

/** Shows what holds of an agent, whoever says so. */
export function describedBy(facts: readonly Fact[]): Described {
  const effective = effectiveFacts(facts)
  const value = (name: string): unknown => effective.get(name)?.value
  return {
    name: agentName(facts),
    category: categoryOf(effective),
    client: textOf(value("client")),
    autonomy: oneOf<AutonomyLevel>(AUTONOMY_LEVELS, value("autonomy")) ?? "not_stated",
    byHand: value("origin") === BY_HAND,
    environment: oneOf<Environment>(ENVIRONMENTS, value("environment")) ?? null,
    dataClasses: textsOf(value("dataClasses")).flatMap((one) => oneOf<DataClass>(DATA_CLASSES, one) ?? []),
    nextReview: textOf(value("nextReview")),
  }
}

/** Shows what a page tells of an agent beyond its row. */
export function describedFurther(facts: readonly Fact[]): Pick<AgentDetail, "systems" | "lastReview"> {
  const effective = effectiveFacts(facts)
  return {
    systems: textsOf(effective.get("systems")?.value),
    lastReview: textOf(effective.get("lastReview")?.value),
  }
}

/** Answers what people say that an agent is for, where they say anything. */
export function statedPurpose(facts: readonly Fact[]): string | null {
  return textOf(effectiveFacts(facts).get("purpose")?.value)
}

/** Answers the category that holds; null where nobody said. */
export function categoryOf(effective: ReadonlyMap<string, Fact>): Category | null {
  return oneOf<Category>(CATEGORIES, effective.get("category")?.value) ?? null
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value)
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : []
}
