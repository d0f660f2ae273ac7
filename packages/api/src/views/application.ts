import { z } from "zod"

/** An application at the decision point, as lists tell it. */
export interface ApplicationSummary {
  readonly name: string
  /** Rises with each change. */
  readonly version: number
  readonly entities: number
  /** Whether each of its evaluations is recorded. */
  readonly recorded: boolean
  readonly changedBy: string
  readonly changedAt: string
  /** The base of its addresses: what AuthZEN calls the decision point. */
  readonly decisionPoint: string
}

const summary = {
  name: z.string(),
  version: z.number().int(),
  entities: z.number().int(),
  recorded: z.boolean(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
  decisionPoint: z.url(),
}

export const ApplicationSummary: z.ZodType<ApplicationSummary> = z.object(summary)

/** An application whole, but for its entities. */
export interface ApplicationView extends ApplicationSummary {
  /** Both in Cedar's own syntax. */
  readonly schema: string
  readonly policies: string
}
export const ApplicationView: z.ZodType<ApplicationView> = z.object({
  ...summary,
  schema: z.string(),
  policies: z.string(),
})

/** One version of an application, as it was put. */
export interface ApplicationVersionView {
  readonly version: number
  readonly schema: string
  readonly policies: string
  readonly entities: number
  readonly recorded: boolean
  readonly changedBy: string
  readonly changedAt: string
}
export const ApplicationVersionView: z.ZodType<ApplicationVersionView> = z.object({
  version: z.number().int(),
  schema: z.string(),
  policies: z.string(),
  entities: z.number().int(),
  recorded: z.boolean(),
  changedBy: z.string(),
  changedAt: z.iso.datetime(),
})

/** One entity that an application keeps, in Cedar's JSON form. */
export type ApplicationEntity = Readonly<Record<string, unknown>>
export const ApplicationEntity: z.ZodType<ApplicationEntity> = z.record(z.string(), z.unknown())

/** A door that asks the decision point, and what it may say. */
export interface EnforcementPointView {
  readonly id: string
  readonly name: string
  readonly kind: string
  /** The API token that it asks with, and what that is for. */
  readonly apiToken: string
  readonly purpose: string
  readonly applications: readonly string[]
  readonly subjects: readonly string[]
  readonly asserts: readonly string[]
  readonly recorded: boolean
  readonly registeredBy: string
  readonly registeredAt: string
}
export const EnforcementPointView: z.ZodType<EnforcementPointView> = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  apiToken: z.string(),
  purpose: z.string(),
  applications: z.array(z.string()),
  subjects: z.array(z.string()),
  asserts: z.array(z.string()),
  recorded: z.boolean(),
  registeredBy: z.string(),
  registeredAt: z.iso.datetime(),
})
