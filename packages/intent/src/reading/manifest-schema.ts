import { CATEGORIES, EFFECT_CLASSES, ENVIRONMENTS, TIER_NAME, TIERS } from "@tabard/core"
import { z } from "zod"
import { AskSchema } from "../ask-routes.ts"
import { limitsSchema } from "../limits.ts"
import { IDENTITY_KINDS, ISOLATIONS, type Manifest, type ManifestTool } from "../manifest.ts"
import { ArgumentLimitSchema, ConditionsSchema } from "./limit-schema.ts"

/** Where a file that says so finds the schema: the console's own address serves it at this path. */
export const MANIFEST_SCHEMA_PATH = "/schemas/manifest-1.json"

const person = z.string().min(1).max(320)

const ToolSchema: z.ZodType<ManifestTool> = z.strictObject({
  server: z.string().min(1).max(200).describe("The server's id, or its name in the gateway."),
  tool: z
    .string()
    .min(1)
    .max(200)
    .describe("A tool's name, or effect:read for every tool of the server that only reads."),
  resources: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .max(100)
    .optional()
    .describe("What the tool may be used on: the exact names of its targets."),
  arguments: z
    .record(z.string().min(1).max(200), ArgumentLimitSchema)
    .optional()
    .describe("Bounds by argument; body.amount is a member of an argument."),
  conditions: ConditionsSchema.optional(),
  limits: limitsSchema.optional(),
  ask: AskSchema.optional().describe("Who is asked before each use."),
})

/** What a manifest may say, as far as a schema can tell. */
export const ManifestSchema: z.ZodType<Manifest> = z.strictObject({
  version: z.literal(1).optional().describe("The format of this file."),
  agent: z
    .string()
    .regex(/^agt_[0-9A-Za-z-]{1,80}$/)
    .optional()
    .describe("The id of the agent that it is for."),
  owner: person.optional().describe("The one answerable person: address or id."),
  maintainers: z.array(person).max(50).optional().describe("People and teams who help."),
  purpose: z
    .string()
    .min(1)
    .max(2000)
    .describe("What the agent is for, in words that a person can hold it to."),
  category: z.enum(CATEGORIES).optional().describe("Where it runs: chatbot, local or production."),
  tier: z
    .string()
    .regex(
      TIER_NAME,
      `a tier is ${TIERS.join(", ")}, or one of the organisation's own, spelt in small letters`,
    )
    .meta({ examples: [...TIERS] })
    .describe("The ceiling: read-only, transactional, operator, or one of the organisation's own."),
  environment: z
    .enum(ENVIRONMENTS)
    .exclude(["unknown"])
    .optional()
    .describe("Where it acts: development, test, staging or production."),
  expires: z
    .union([z.iso.date(), z.iso.datetime()])
    .optional()
    .describe("The day or the moment that ends it: 2027-01-31, 2027-01-31T12:00:00Z."),
  identity: z
    .array(z.enum(IDENTITY_KINDS))
    .min(1)
    .max(IDENTITY_KINDS.length)
    .optional()
    .describe("The ways in which it may prove itself."),
  isolation: z.enum(ISOLATIONS).optional().describe("What keeps it apart from the machine that it runs on."),
  standing: z.boolean().optional().describe("True where it acts without anyone opening a task."),
  tools: z.array(ToolSchema).max(200).describe("What it may use; anything else it may not."),
  delegatesTo: z
    .array(z.string().min(1).max(200))
    .max(50)
    .optional()
    .describe("Agents that it may hand work to, by id."),
  conditions: ConditionsSchema.optional().describe("What has to be so around every call."),
  limits: limitsSchema.optional().describe("How much it may do in all."),
  ask: z
    .partialRecord(z.enum(EFFECT_CLASSES), AskSchema)
    .optional()
    .describe("Who is asked before whatever has an effect of this class."),
})

/** Answers the JSON Schema of a manifest (2020-12), for editors and pipelines. */
export function manifestJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(ManifestSchema, { io: "input" })
  return {
    $schema,
    $id: "urn:tabard:manifest:1",
    title: "Tabard manifest",
    description: "What an agent is for and how far it may go; what it does not name, the agent may not do.",
    ...schema,
  }
}
