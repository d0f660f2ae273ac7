import type { CredentialReader } from "../credentials/credential-reader.ts"
import { namesSecret } from "../credentials/secret-names.ts"
import type { Document, Path } from "../documents/document.ts"
import { asFields, fieldAt } from "../documents/fields.ts"
import type { ScanLimits } from "../limits.ts"

/** In a client's own file every name means what it says. */
export const EVERY_NAME: readonly (readonly string[])[] = [[]]
/** Where a file is more than a client's, the maps of names and values in which a name can promise a secret. */
const NAMED_MAPS: readonly (readonly string[])[] = [
  ["env"],
  ["http_headers"],
  ["model_providers"],
  ["shell_environment_policy", "set"],
  ["otel"],
  ["provider"],
  ["providers"],
  ["endpoints"],
  ["models"],
  ["customModels"],
  ["custom_models"],
  ["llm"],
  ["api-key"],
  ["set-env"],
]
/** Settings at the top that are a provider's key by their own name, such as `openai-api-key`. */
const KEY_SETTING = /(?:^|[-_])api[-_]?key$|ApiKey$/
const ASSIGNMENT = /^([\w.-]{1,100})=(.+)$/s
/** Settings that name a command or a variable which brings the credential. */
const HELPERS = ["apiKeyHelper", "awsCredentialExport", "gcpAuthRefresh", "otelHeadersHelper"]

/** A file with more values than a scan looks at: what is behind them is unknown. */
export class TooManyValues extends Error {
  override readonly name = "TooManyValues"
}

/**
 * Hands every value of a configuration to `reader`: by name in `maps`, where settings hold variables, and by shape anywhere.
 * Throws TooManyValues, after what it could do, where the file holds more than a scan looks at.
 */
export function sweepValues(
  document: Document,
  reader: CredentialReader,
  limits: ScanLimits,
  maps: readonly (readonly string[])[] = NAMED_MAPS,
): void {
  const keys = Object.keys(asFields(document.value) ?? {}).filter((name) => KEY_SETTING.test(name))
  for (const map of [...maps, ...keys.map((key) => [key])]) sweepNamed(document, map, reader, limits)
  for (const helper of HELPERS) {
    if (typeof fieldAt(document.value, [helper]) === "string")
      reader.refer("helper", helper, document.lineOf([helper]))
  }
  for (const { path, text } of textsIn(document.value, [], limits)) {
    if (reader.shortfall()) return
    reader.take({ name: String(path.at(-1)), text, line: () => document.lineOf(path), byShapeOnly: true })
  }
}

function sweepNamed(
  document: Document,
  map: readonly string[],
  reader: CredentialReader,
  limits: ScanLimits,
): void {
  for (const { path, text: whole } of textsIn(fieldAt(document.value, map), map, limits)) {
    if (reader.shortfall()) return
    const { name, text } = namedText(path, whole)
    const line = (): number | null => document.lineOf(path)
    if (name.endsWith("env_key")) reader.refer("env-reference", text, line())
    else if (namesSecret(name)) reader.take({ name, text, line })
  }
}

/** In a list a value names itself: `GITHUB_TOKEN=…`, or `gemini=…` in a list whose own name says what it holds. */
function namedText(path: Path, text: string): { readonly name: string; readonly text: string } {
  const last = path.at(-1)
  const [, name, value] = (typeof last === "number" && ASSIGNMENT.exec(text)) || []
  if (name === undefined || value === undefined) return { name: String(last), text }
  return { name: namesSecret(name) ? name : String(path.at(-2)), text: value }
}

interface Text {
  readonly path: Path
  readonly text: string
}

/** Walks with a stack of its own: the nesting is a stranger's. */
function* textsIn(root: unknown, at: Path, limits: ScanLimits): Generator<Text> {
  const stack: { readonly value: unknown; readonly path: Path }[] = [{ value: root, path: at }]
  for (let seen = 0; ; seen++) {
    const next = stack.pop()
    if (!next) return
    if (seen > limits.values) throw new TooManyValues(`it holds more than ${limits.values} values`)
    if (typeof next.value === "string") yield { path: next.path, text: next.value }
    else if (next.path.length < limits.nesting)
      for (const child of children(next.value)) stack.push(under(next.path, child))
  }
}

function children(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item])
  return Object.entries(asFields(value) ?? {})
}

function under(
  path: Path,
  [name, value]: readonly [string | number, unknown],
): { value: unknown; path: Path } {
  return { value, path: [...path, name] }
}
