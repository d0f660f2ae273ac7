import { type Limits, Problem, TIERS, type TierName } from "@tabard/core"
import { parseDocument } from "yaml"
import { z } from "zod"
import { limitsSchema } from "./limits.ts"

/** A bound on one argument. */
export type ArgumentLimit =
  | { readonly under: string }
  | { readonly atMost: string }
  | { readonly oneOf: readonly string[] }

/** Tools of one server that the agent may use, and how far. */
export interface ManifestTool {
  /** The server's id, or its name in the gateway. */
  readonly server: string
  /** A tool's name, or `effect:read` for every tool of the server that only reads. */
  readonly tool: string
  readonly arguments?: Readonly<Record<string, ArgumentLimit>> | undefined
  /** Who is asked before each use. */
  readonly ask?: "owner" | undefined
  /** How much may be done with these tools together. */
  readonly limits?: Limits | undefined
}

/** Declared standing purpose and bounds of an agent; what it does not name, the agent may not do. */
export interface Manifest {
  readonly purpose: string
  readonly tier: TierName
  /** True where the agent acts without anyone opening a task: a nightly job. */
  readonly standing?: boolean | undefined
  /** How much may be done in all. */
  readonly limits?: Limits | undefined
  readonly tools: readonly ManifestTool[]
}

const MAX_MANIFEST = 65_536

const limit: z.ZodType<ArgumentLimit> = z.union(
  [
    z.strictObject({ under: z.string().min(1).max(4096) }),
    z.strictObject({ atMost: z.string().regex(/^-?\d{1,14}(\.\d{1,4})?$/) }),
    z.strictObject({ oneOf: z.array(z.string().max(1000)).min(1).max(100) }),
  ],
  { error: 'a limit is { under: "/folder" }, { atMost: "500.00" } with quotes, or { oneOf: ["a", "b"] }' },
)

const tool: z.ZodType<ManifestTool> = z.strictObject({
  server: z.string().min(1).max(200),
  tool: z.string().min(1).max(200),
  arguments: z.record(z.string().max(200), limit).optional(),
  ask: z.literal("owner").optional(),
  limits: limitsSchema.optional(),
})

const manifestSchema: z.ZodType<Manifest> = z.strictObject({
  purpose: z.string().min(1).max(2000),
  tier: z.enum(TIERS),
  standing: z.boolean().optional(),
  limits: limitsSchema.optional(),
  tools: z.array(tool).max(200),
})

/** Reads a manifest; whatever is misspelt is refused, since a bound that is not understood is not in force. */
export function parseManifest(input: unknown): Manifest {
  const parsed = manifestSchema.safeParse(input)
  if (!parsed.success) throw new Problem("manifest_invalid", z.prettifyError(parsed.error))
  return parsed.data
}

/** Reads a manifest from YAML. Aliases and doubled keys are refused: a bound is read once, and as it stands. */
export function readManifest(yaml: string): Manifest {
  if (yaml.length > MAX_MANIFEST)
    throw new Problem("manifest_invalid", `it is longer than ${MAX_MANIFEST} characters`)
  const document = parseDocument(yaml, { schema: "core", uniqueKeys: true, strict: true })
  const [error] = document.errors
  if (error) throw new Problem("manifest_invalid", error.message)
  return parseManifest(plainValue(() => document.toJS({ maxAliasCount: 0 })))
}

function plainValue(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    throw new Problem("manifest_invalid", "it uses aliases; write each value where it stands", {
      cause: error,
    })
  }
}
