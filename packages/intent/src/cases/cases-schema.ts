import type { Effect, Json, JsonObject } from "@tabard/core"
import type { ApplicationQuestion } from "@tabard/policy"
import { z } from "zod"
import type { CaseCircumstances, CaseExpectation } from "./policy-cases.ts"

/** Where a file that says so finds the schema: the console's own address serves it at this path. */
export const CASES_SCHEMA_PATH = "/schemas/cases-1.json"

const MOST_CASES = 2000

const word = z.string().min(1).max(200)
const path = z.string().min(1).max(1000).describe("A file or folder, from where this file lies.")
const properties: z.ZodType<Readonly<Record<string, Json>>> = z.record(z.string().max(200), z.json())
const effect = z.enum(["permit", "ask", "deny"])
const provenance = z.enum(["request", "record", "delegated", "stranger", "unknown"])

const CallSchema = z.strictObject({
  server: word.describe("The server, as tabard.tools.json names it."),
  tool: word,
  arguments: z
    .union([properties, z.string().max(65_536)])
    .default({})
    .describe("By name; or JSON as one text, which keeps every digit of a number."),
})

const WhenSchema: z.ZodType<CaseCircumstances> = z.strictObject({
  task: z
    .union([z.boolean(), z.string().regex(/^tsk_[\w-]{1,80}$/)])
    .default(true)
    .describe("Whether a person opened a task; where a server is asked, its id."),
  owner: z.boolean().default(true).describe("Whether the agent has an owner."),
  environment: word.optional().describe("Where it acts; otherwise what its manifest says."),
  at: z.iso.datetime().optional().describe("When; otherwise 2026-01-05T12:00:00Z, a Monday."),
  ip: z.union([z.ipv4(), z.ipv6()]).optional(),
  posture: z.array(word).max(50).optional().describe("What is known of the install, as identity:federated."),
  provenance: z
    .partialRecord(z.enum(["target", "amount", "content", "code"]), z.array(provenance).min(1).max(5))
    .optional()
    .describe("Where consequential values came from."),
  approved: z.array(word).max(10).optional().describe("Who has agreed to exactly this."),
})

const EntitySchema = z.strictObject({
  type: word,
  id: z.string().max(512),
  properties: properties.default({}),
})

const AskSchema = z.strictObject({
  subject: EntitySchema,
  action: z.strictObject({ name: word, properties: properties.default({}) }),
  resource: EntitySchema,
  context: properties.default({}),
})

const ExpectSchema: z.ZodType<CaseExpectation> = z.strictObject({
  effect,
  code: word.optional().describe("Why, for programs: no_policy, forbidden, approval_needed."),
  says: word.optional().describe("Words that the answer has to hold."),
  policies: z.array(word).max(50).optional().describe("Policies that have to be among those that decided."),
  asks: z.array(word).max(10).optional().describe("Who has to be asked."),
  obligations: z.array(word).max(50).optional(),
})

/** One case, as it is written. */
export interface WrittenCase {
  readonly name: string
  readonly who?: string | undefined
  readonly actingFor: readonly string[]
  readonly call?:
    | { readonly server: string; readonly tool: string; readonly arguments: JsonObject | string }
    | undefined
  readonly when?: CaseCircumstances | undefined
  readonly ask?: ApplicationQuestion | undefined
  readonly expect: Effect | CaseExpectation
}

const CaseSchema: z.ZodType<WrittenCase> = z
  .strictObject({
    name: word.describe("What has to be so, as a sentence."),
    who: word.optional().describe("The agent, by the name of its manifest; not needed where there is one."),
    actingFor: z.array(word).max(10).default([]).describe("Agents that it acts for."),
    call: CallSchema.optional(),
    when: WhenSchema.optional(),
    ask: AskSchema.optional().describe("A question to the application, in AuthZEN's words."),
    expect: z.union([effect, ExpectSchema]),
  })
  .refine(({ call, ask }) => (call === undefined) !== (ask === undefined), {
    error: "a case either has a call of an agent or an ask of the application",
  })
  .refine(({ ask, who, when, actingFor }) => !ask || (who === undefined && !when && actingFor.length === 0), {
    error: "who, actingFor and when are about agents: an ask names its subject itself",
  })

/** A file of cases, as it is written. */
export interface WrittenCases {
  readonly version: 1
  readonly manifests: readonly string[]
  readonly guardRails: readonly string[]
  readonly offered?: string | undefined
  readonly byHand: Readonly<Record<string, string>>
  readonly application?:
    | { readonly schema: string; readonly policies: string; readonly entities?: string | undefined }
    | undefined
  readonly cases: readonly WrittenCase[]
}

/** What a file of cases may say. */
export const CasesSchema: z.ZodType<WrittenCases> = z.strictObject({
  version: z.literal(1).describe("The format of this file."),
  manifests: z.array(path).max(200).default([]),
  guardRails: z.array(path).max(50).default([]).describe("The organisation's own guard-rails, in Cedar."),
  offered: path.optional().describe("Where the offered guard-rails hold; in production otherwise."),
  byHand: z.record(word, path).default({}).describe("Policies written by hand, by agent."),
  application: z
    .strictObject({ schema: path, policies: path, entities: path.optional() })
    .optional()
    .describe("An application of the decision point."),
  cases: z.array(CaseSchema).min(1).max(MOST_CASES),
})

/** Answers the JSON Schema of a file of cases (2020-12), for editors. */
export function casesJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(CasesSchema, { io: "input" })
  return {
    $schema,
    $id: "urn:tabard:cases:1",
    title: "Tabard policy cases",
    description: "Questions to policies, and what the answers have to be.",
    ...schema,
  }
}
