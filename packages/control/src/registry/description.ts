import type { Category, DataClass, Environment, Fact, Json } from "@tabard/core"

/** What people say of an agent: each member stands beside what was seen, and never replaces it. */
export interface Description {
  readonly name: string
  readonly purpose: string
  readonly category: Category
  readonly environment: Environment
  readonly dataClasses: readonly DataClass[]
  /** The systems that it works with, by the names that people use. */
  readonly systems: readonly string[]
  /** Days, as `2026-11-21`. */
  readonly lastReview: string
  readonly nextReview: string
}

/** The names of the facts that people may state. */
export const DESCRIBED: readonly (keyof Description)[] = [
  "name",
  "purpose",
  "category",
  "environment",
  "dataClasses",
  "systems",
  "lastReview",
  "nextReview",
]

/** What is to be said anew: a value is stated, null takes back what people stated, what is absent stays as it is. */
export type DescriptionChange = {
  readonly [Name in keyof Description]?: Description[Name] | null | undefined
}

/** Answers the statements of a change: each name with the value to state, or null to take back. */
export function statementsOf(change: DescriptionChange): readonly (readonly [keyof Description, Json])[] {
  return DESCRIBED.flatMap((name) => {
    const value = change[name]
    if (value === undefined) return []
    return [[name, typeof value === "object" && value !== null ? [...new Set(value)] : value] as const]
  })
}

/** Answers whether two values of a fact say the same; lists are compared without regard to their order. */
export function saysSame(one: Json | undefined, other: Json | undefined): boolean {
  return spelling(one) === spelling(other)
}

/** Answers what of a change differs from the facts that hold. */
export function differences(
  holding: ReadonlyMap<string, Fact>,
  change: DescriptionChange,
): readonly (readonly [keyof Description, Json])[] {
  return statementsOf(change).filter(([name, value]) => !saysSame(holding.get(name)?.value, value))
}

function spelling(value: Json | undefined): string {
  return Array.isArray(value) ? JSON.stringify(value.map(String).toSorted()) : JSON.stringify(value ?? null)
}
