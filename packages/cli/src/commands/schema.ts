import { casesJsonSchema, manifestJsonSchema, standardsJsonSchema } from "@tabard/intent"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

const SCHEMAS = {
  manifest: manifestJsonSchema,
  standards: standardsJsonSchema,
  cases: casesJsonSchema,
} as const

const USAGE = `usage: tabard schema manifest | standards | cases

Writes the JSON Schema (2020-12) of tabard.yaml, of tabard.standards.yaml or of tabard.cases.yaml, for editors and pipelines. A
server serves the same at /schemas/manifest-1.json, /schemas/standards-1.json and /schemas/cases-1.json.`

/** `tabard schema`: the schema of a file that people write. */
export function schema(args: readonly string[], { stdout }: Surroundings): Promise<number> {
  const [name, ...rest] = args
  if (name === "--help" || name === "-h") stdout.write(`${USAGE}\n`)
  else stdout.write(`${JSON.stringify(schemaNamed(name, rest), null, 2)}\n`)
  return Promise.resolve(0)
}

function schemaNamed(name: string | undefined, rest: readonly string[]): object {
  if (rest.length === 0 && (name === "manifest" || name === "standards" || name === "cases"))
    return SCHEMAS[name]()
  throw new UsageError(USAGE)
}
