import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"

/** Where a file that says so finds the schema: the console's own address serves it at this path. */
export const ORGANISATION_SCHEMA_PATH = "/schemas/organisation-1.json"

const path = z.string().min(1).max(1000)
const cedar = path.regex(/\.cedar$/, "is a file that ends with .cedar").describe("From where this file lies.")
const environments = z.array(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)).max(50)

/** A tier as it is written here: what else it forbids lies in a file of its own. */
export interface WrittenTier {
  readonly words: string
  readonly reaches: readonly EffectClass[]
  readonly forbids?: string | undefined
}

/** By what an organisation rules its agents, as it is written. */
export interface OrganisationFile {
  readonly version: 1
  /** Cedar documents of forbids, which are in force as one. */
  readonly guardRails: readonly string[]
  readonly offered?:
    | {
        readonly "proven-identity"?: readonly string[] | undefined
        readonly rehearsed?: readonly string[] | undefined
      }
    | undefined
  readonly tiers: Readonly<Record<string, WrittenTier>>
  /** Values, or the file that holds one on each line. */
  readonly sets: Readonly<Record<string, readonly string[] | string>>
}

/** What `tabard.organisation.yaml` may say. */
export const OrganisationSchema: z.ZodType<OrganisationFile> = z.strictObject({
  version: z.literal(1).describe("The format of this file."),
  guardRails: z
    .array(cedar)
    .max(50)
    .default([])
    .describe("The organisation's own guard-rails: files of Cedar forbids, in force as one document."),
  offered: z
    .strictObject({ "proven-identity": environments.optional(), rehearsed: environments.optional() })
    .optional()
    .describe("In which environments the guard-rails that are offered hold."),
  tiers: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
      z.strictObject({
        words: z.string().trim().min(1).max(400),
        reaches: z.array(z.enum(EFFECT_CLASSES)).min(1),
        forbids: cedar.optional(),
      }),
    )
    .default({})
    .describe("The organisation's own tiers."),
  sets: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
      z.union([z.array(z.string().min(1).max(1000)).max(1000), path]),
    )
    .default({})
    .describe("The sets that manifests name: values, or a file with one on each line."),
})

/** Answers the JSON Schema of the organisation's file (2020-12), for editors. */
export function organisationJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(OrganisationSchema, { io: "input" })
  return {
    $schema,
    $id: "urn:tabard:organisation:1",
    title: "Tabard organisation",
    description: "By what an organisation rules its agents: guard-rails, tiers and sets.",
    ...schema,
  }
}
