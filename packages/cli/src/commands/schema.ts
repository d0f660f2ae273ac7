import { manifestJsonSchema, standardsJsonSchema } from "@tabard/intent"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"

const SCHEMAS = { manifest: manifestJsonSchema, standards: standardsJsonSchema } as const

const USAGE = `usage: tabard schema manifest | standards

Writes the JSON Schema (2020-12) of tabard.yaml, or of tabard.standards.yaml, for editors and pipelines. A server serves
the same at /schemas/manifest-1.json and /schemas/standards-1.json.`

/** `tabard schema`: the schema of a file that people write. */
export function schema(args: readonly string[], { stdout }: Surroundings): Promise<number> {
  const [name, ...rest] = args
  if (name === "--help" || name === "-h") stdout.write(`${USAGE}\n`)
  else stdout.write(`${JSON.stringify(schemaNamed(name, rest), null, 2)}\n`)
  return Promise.resolve(0)
}

function schemaNamed(name: string | undefined, rest: readonly string[]): object {
  if (rest.length === 0 && (name === "manifest" || name === "standards")) return SCHEMAS[name]()
  throw new UsageError(USAGE)
}
