/** An object read from a file. Its keys are a stranger's: only own ones are looked at. */
export type Fields = Readonly<Record<string, unknown>>

/** Answers `value` if it is an object with fields, else undefined. */
export function asFields(value: unknown): Fields | undefined {
  return isFields(value) ? value : undefined
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Answers the first of `names` that `fields` has, never one it inherits. */
export function field(fields: Fields | undefined, ...names: readonly string[]): unknown {
  if (!fields) return undefined
  const name = names.find((candidate) => Object.hasOwn(fields, candidate))
  return name === undefined ? undefined : fields[name]
}

/** Answers what stands at the end of `path`, or undefined. */
export function fieldAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, name) => field(asFields(at), name), value)
}

/** Answers `value` if it is text. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

/** Answers the texts in a list; numbers count, because clients turn them into text. */
export function asTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value]
  if (!Array.isArray(value)) return []
  return value.filter((item) => typeof item === "string" || typeof item === "number").map(String)
}
