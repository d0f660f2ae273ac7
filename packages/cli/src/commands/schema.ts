import {
  casesJsonSchema,
  manifestJsonSchema,
  organisationJsonSchema,
  standardsJsonSchema,
} from "@tabard/intent"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

const SCHEMAS = {
  manifest: manifestJsonSchema,
  standards: standardsJsonSchema,
  cases: casesJsonSchema,
  organisation: organisationJsonSchema,
} as const

const USAGE = `usage: tabard schema manifest | standards | cases | organisation

Writes the JSON Schema (2020-12) of tabard.yaml, of tabard.standards.yaml, of tabard.cases.yaml or of
tabard.organisation.yaml, for editors and pipelines. A server serves the same at /schemas/NAME-1.json.`

/** `tabard schema`: the schema of a file that people write. */
export function schema(args: readonly string[], { stdout }: Surroundings): Promise<number> {
  const [name, ...rest] = args
  if (name === "--help" || name === "-h") stdout.write(`${USAGE}\n`)
  else stdout.write(`${JSON.stringify(schemaNamed(name, rest), null, 2)}\n`)
  return Promise.resolve(0)
}

function schemaNamed(name: string | undefined, rest: readonly string[]): object {
  if (rest.length === 0 && isKnown(name)) return SCHEMAS[name]()
  throw new UsageError(USAGE)
}

function isKnown(name: string | undefined): name is keyof typeof SCHEMAS {
  return name !== undefined && Object.hasOwn(SCHEMAS, name)
}
