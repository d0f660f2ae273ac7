/** What an expression of source code says, alike for every language; `at` is where it begins in the text. */
export type Value =
  | { readonly kind: "text"; readonly text: string; readonly line: number }
  /** Text put together: a template, an f-string, a sum. */
  | { readonly kind: "joined"; readonly parts: readonly Value[]; readonly line: number }
  | { readonly kind: "constant"; readonly value: number | boolean | null; readonly line: number }
  | { readonly kind: "list"; readonly items: readonly Value[]; readonly line: number }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly at: number; readonly line: number }
  | { readonly kind: "name"; readonly path: readonly string[]; readonly at: number; readonly line: number }
  | Call
  /** Something else, and the expressions in it. */
  | { readonly kind: "other"; readonly inner: readonly Value[]; readonly line: number }

/** A named part of a map or of a call; `**options` and `...options` have the name `...`. */
export interface Entry {
  readonly name: string
  readonly value: Value
}

/** A call, a construction, or a look-up by key (then the last name of `callee` is `[]`). */
export interface Call {
  readonly kind: "call"
  /** The dotted name that is called; where it is called on what another call answers, only what comes after that. */
  readonly callee: readonly string[]
  readonly on: Value | null
  readonly args: readonly Value[]
  readonly named: readonly Entry[]
  readonly at: number
  readonly line: number
}

/** The name of what is spread into a map or call. */
export const SPREAD = "..."

/** The last name of a look-up by key. */
export const LOOKUP = "[]"

/** Answers the named parts of a value: those of a call with a single map, as JavaScript passes options, are the map's. */
export function namedParts(value: Value): readonly Entry[] {
  if (value.kind === "map") return value.entries
  if (value.kind !== "call") return []
  const maps = value.args.flatMap((arg) => (arg.kind === "map" ? arg.entries : goConfiguration(arg)))
  return [...value.named, ...maps]
}

/** Go hands options over as a literal of a named structure: a call with nothing but named parts. */
function goConfiguration(arg: Value): readonly Entry[] {
  return arg.kind === "call" &&
    arg.args.length === 0 &&
    /(?:Config|Options|Params)$/.test(arg.callee.at(-1) ?? "")
    ? arg.named
    : []
}

/** Answers the values directly inside a value. */
export function innerValues(value: Value): readonly Value[] {
  switch (value.kind) {
    case "joined":
      return value.parts
    case "list":
      return value.items
    case "map":
      return value.entries.map((entry) => entry.value)
    case "call":
      return [...(value.on ? [value.on] : []), ...value.args, ...value.named.map((entry) => entry.value)]
    case "other":
      return value.inner
    case "text":
    case "constant":
    case "name":
      return []
  }
}
