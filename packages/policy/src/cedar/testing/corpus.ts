import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { policySetTextToParts } from "@cedar-policy/cedar-wasm/nodejs"
import { type Json, parseLossless } from "@tabard/core"
import type { EntityUid } from "../../cedar.ts"
import type { EntityInput } from "../entity-store.ts"
import type { Case, Verdict } from "./oracle.ts"
import { readArchive } from "./read-archive.ts"

const SHARED = process.env["TABARD_SHARED"] ?? join(import.meta.dirname, "../../../../../../shared")
const ARCHIVE = join(SHARED, "corpus/cedar/corpus-tests.tar.gz")

/** Why the tests of the official corpus cannot run here, or false. */
export const corpusMissing: string | false = existsSync(ARCHIVE)
  ? false
  : "the official corpus of Cedar is not here (TABARD_SHARED)"

/** One file of the corpus: requests that share their policies and entities, each with what Cedar's authors say of it. */
export interface CorpusTest {
  readonly name: string
  readonly policies: Case["policies"]
  readonly entities: readonly EntityInput[]
  readonly requests: readonly (Pick<Case, "principal" | "action" | "resource" | "context"> & {
    readonly expected: Verdict
  })[]
}

/** Reads the official corpus, one test after another. */
export function* corpusTests(): Generator<CorpusTest> {
  const files = readArchive(readFileSync(ARCHIVE))
  for (const [path, file] of files) {
    if (!path.endsWith(".json") || path.endsWith(".entities.json")) continue
    const stem = path.slice(0, -".json".length)
    yield {
      name: stem,
      policies: policiesOf(text(files, `${stem}.cedar`)),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the evaluator refuses what is none
      entities: parseLossless(text(files, `${stem}.entities.json`)) as unknown as readonly EntityInput[],
      requests: requestsOf(parseLossless(file.toString())),
    }
  }
}

/** The corpus names policies by their place in the file. */
function policiesOf(set: string): Case["policies"] {
  const parts = policySetTextToParts(set)
  if (parts.type === "failure") throw new Error(parts.errors.map(({ message }) => message).join("; "))
  return Object.fromEntries(parts.policies.map((policy, place) => [`policy${place}`, policy]))
}

interface CorpusRequest {
  readonly principal: EntityUid
  readonly action: EntityUid
  readonly resource: EntityUid
  readonly context: Case["context"]
  readonly decision: Verdict["decision"]
  readonly reason: readonly string[]
  readonly errors: readonly string[]
}

function requestsOf(json: Json): CorpusTest["requests"] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the corpus has this form, and its count is asserted
  const { requests } = json as unknown as { readonly requests: readonly CorpusRequest[] }
  return requests.map(({ decision, reason, errors, ...request }) => ({
    ...request,
    expected: { decision, reasons: reason.toSorted(), erred: errors.toSorted() },
  }))
}

function text(files: ReadonlyMap<string, Buffer>, path: string): string {
  const file = files.get(path)
  if (!file) throw new Error(`the corpus lacks ${path}`)
  return file.toString()
}
