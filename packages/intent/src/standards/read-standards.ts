import { CATEGORIES, EFFECT_CLASSES, Problem, SEVERITIES } from "@tabard/core"
import { z } from "zod"
import { IDENTITY_KINDS, ISOLATIONS } from "../manifest.ts"
import { readYaml } from "../reading/yaml-text.ts"
import { DEFAULT_STANDARDS, PARTIES, type Standards } from "./standards.ts"

/** Where a file that says so finds the schema: the console's own address serves it at this path. */
export const STANDARDS_SCHEMA_PATH = "/schemas/standards-1.json"

const LARGEST = 262_144

const word = z.string().min(1).max(200)
const environment = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)
const effects = z.array(z.enum(EFFECT_CLASSES)).max(EFFECT_CLASSES.length)
const pattern = z
  .string()
  .min(3)
  .max(400)
  .regex(/^[^/]+\/.+$/)
  .describe("server/tool; a * stands for any characters.")

const ReachSetSchema = z
  .strictObject({
    tools: z.array(pattern).max(200).optional(),
    effects: effects.optional(),
    resources: z.array(word).max(200).optional().describe("A server, or server:/folder."),
  })
  .refine((set) => (set.tools?.length ?? 0) + (set.effects?.length ?? 0) + (set.resources?.length ?? 0) > 0, {
    error: "a set names tools, effects or resources: an empty one keeps nothing apart",
  })

const SeparationSchema = z
  .strictObject({
    name: word.describe("What findings call it."),
    sets: z.array(ReachSetSchema).min(2).max(50).describe("What must not come together."),
    atMost: z.int().min(1).max(49).default(1).describe("How many of the sets one party may reach."),
    across: z
      .array(z.enum(PARTIES))
      .min(1)
      .max(PARTIES.length)
      .default([...PARTIES])
      .describe("An agent by itself, with all that it hands work to, all agents of one owner."),
  })
  .refine(({ sets, atMost }) => atMost < sets.length, {
    error: "atMost has to be less than the number of sets: it keeps nothing apart otherwise",
  })

const ExceptionSchema = z.strictObject({
  rule: word,
  agent: word,
  until: z.iso.date().describe("The last day on which it counts."),
  reason: z.string().min(10).max(2000),
  by: word.describe("Who took it upon themselves."),
})

const defaults = DEFAULT_STANDARDS

const StandardsSchema = z.strictObject({
  version: z.literal(1).describe("The format of this file."),
  purposeWords: z.int().min(1).max(50).default(defaults.purposeWords),
  expiryDays: z.int().min(1).max(3660).default(defaults.expiryDays),
  sensitive: z
    .array(environment)
    .max(50)
    .default([...defaults.sensitive]),
  identities: z.array(z.enum(IDENTITY_KINDS)).min(1).default(["federated", "hardware-key"]),
  isolation: z
    .strictObject({ of: z.array(z.enum(CATEGORIES)), by: z.array(z.enum(ISOLATIONS)) })
    .default({ of: ["local"], by: ["user", "sandbox", "container", "virtual-machine"] }),
  consequential: effects.default([...defaults.consequential]),
  tiers: z.record(word, effects).default({}).describe("The organisation's own tiers, and what each reaches."),
  sets: z
    .record(word, z.array(z.string().max(1000)).max(10_000))
    .default({})
    .describe("The sets that manifests name, as the organisation keeps them."),
  separation: z.array(SeparationSchema).max(100).default([]),
  severities: z
    .record(word, z.enum([...SEVERITIES, "off"]))
    .default({})
    .describe("Rules that matter more or less here."),
  workloads: z
    .array(z.strictObject({ agent: word, accounts: z.array(word).min(1).max(100) }))
    .max(5000)
    .default([])
    .describe("What agents run as: namespace/name of a service account, a role."),
  exceptions: z.array(ExceptionSchema).max(1000).default([]),
  lock: z.enum(["required", "optional"]).default(defaults.lock),
})

/**
 * Reads `tabard.standards.yaml`. What is misspelt is refused: a standard that is not understood is not in force.
 *
 * @throws {Problem} body_invalid
 */
export function readStandards(text: string): Standards {
  if (text.length > LARGEST) throw refused(`they are longer than ${LARGEST} characters`)
  const { value, problems } = readYaml(text)
  const [first] = problems
  if (first) throw refused(`line ${first.line}, column ${first.column}: ${first.message}; ${first.next}`)
  const parsed = StandardsSchema.safeParse(value)
  if (!parsed.success) throw refused(z.prettifyError(parsed.error))
  return parsed.data
}

/** Answers the JSON Schema of the standards (2020-12), for editors. */
export function standardsJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(StandardsSchema, { io: "input" })
  return {
    $schema,
    $id: "urn:tabard:standards:1",
    title: "Tabard standards",
    description: "What an organisation demands of the manifests of its agents.",
    ...schema,
  }
}

function refused(why: string): Problem {
  return new Problem("body_invalid", `the standards cannot be used: ${why}`)
}
