import type { Manifest } from "../manifest.ts"
import {
  type ManifestFault,
  type ManifestProblem,
  MOST_PROBLEMS,
  manifestInvalid,
} from "./manifest-problem.ts"
import { ManifestSchema } from "./manifest-schema.ts"
import { schemaFaults } from "./schema-words.ts"
import { senseFaults } from "./sense.ts"
import { readYaml } from "./yaml-text.ts"

/** The longest text that is read. */
const MAX_MANIFEST = 65_536

/** A manifest as it was read, and all that is wrong with it. */
export interface CheckedManifest {
  /** There where nothing is wrong. */
  readonly manifest?: Manifest
  /** In the order of the text; the first 50. */
  readonly problems: readonly ManifestProblem[]
  /** Answers faults that were found later with their places in the text, in its order; the first 50. */
  place(faults: readonly ManifestFault[]): readonly ManifestProblem[]
}

/**
 * Reads a manifest from YAML and answers every problem at once, each with its line and column. Whatever is misspelt is one: a bound
 * that is not understood is not in force.
 */
export function checkManifest(text: string): CheckedManifest {
  if (text.length > MAX_MANIFEST) return tooLong(text)
  const yaml = readYaml(text)
  const place = (faults: readonly ManifestFault[]): readonly ManifestProblem[] =>
    inOrder(faults.map((fault) => yaml.place(fault)))
  if (yaml.problems.length > 0) return { problems: inOrder(yaml.problems), place }
  const parsed = ManifestSchema.safeParse(yaml.value, { reportInput: true })
  if (!parsed.success) return { problems: place(schemaFaults(parsed.error.issues)), place }
  const faults = senseFaults(parsed.data)
  return faults.length > 0
    ? { problems: place(faults), place }
    : { manifest: parsed.data, problems: [], place }
}

/**
 * Reads a manifest from YAML.
 *
 * @throws {Problem} manifest_invalid, which tells each problem with its line and column.
 */
export function readManifest(text: string): Manifest {
  const { manifest, problems } = checkManifest(text)
  if (!manifest) throw manifestInvalid(problems)
  return manifest
}

function tooLong(text: string): CheckedManifest {
  const message = `it is longer than ${MAX_MANIFEST} characters (${text.length})`
  const problem = {
    path: [],
    line: 1,
    column: 1,
    message,
    next: "name fewer tools, or give the agent less to do",
  }
  return { problems: [problem], place: () => [problem] }
}

function inOrder(problems: readonly ManifestProblem[]): readonly ManifestProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS)
}
