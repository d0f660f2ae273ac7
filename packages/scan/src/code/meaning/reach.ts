import { type Call, type Entry, innerValues, namedParts, type Value } from "../syntax/value.ts"
import type { SourceModule } from "./source-module.ts"

const MOST_VALUES = 3_000
const MOST_RESOLVED = 300

/** Everything that belongs to a declaration: what stands in it, and what its names were given. */
export interface Reach {
  readonly named: readonly Entry[]
  readonly calls: readonly Call[]
  /** The names that are used, as they are written. */
  readonly names: ReadonlySet<string>
  /** Where each call and map of it begins. */
  readonly places: ReadonlySet<number>
  readonly lines: ReadonlySet<number>
}

/**
 * Answers what `roots` reach in their file: through variables, and through the decorators of functions they name. What
 * begins at one of `others` is another declaration: it is reached, and what belongs to it is not.
 */
export function reachOf(
  roots: readonly Value[],
  module: SourceModule,
  others: ReadonlySet<number> = new Set(),
): Reach {
  const walk = new ReachWalk(module, others)
  walk.add(roots)
  return walk
}

class ReachWalk implements Reach {
  readonly named: Entry[] = []
  readonly calls: Call[] = []
  readonly names = new Set<string>()
  readonly places = new Set<number>()
  readonly lines = new Set<number>()
  readonly #module: SourceModule
  readonly #others: ReadonlySet<number>
  readonly #seen = new Set<string>()

  constructor(module: SourceModule, others: ReadonlySet<number>) {
    this.#module = module
    this.#others = others
  }

  add(roots: readonly Value[]): void {
    const stack = [...roots]
    for (let left = MOST_VALUES; left > 0; left--) {
      const value = stack.pop()
      if (!value) return
      this.#module.hurry()
      if (value.kind === "call" && this.#others.has(value.at)) this.#touch(value)
      else {
        this.#take(value)
        stack.push(...innerValues(value), ...this.#behind(value))
      }
    }
  }

  /** What is called on another declaration, such as `as_tool`, is said here. */
  #touch(call: Call): void {
    this.places.add(call.at)
    if (call.on) this.named.push(...namedParts(call))
  }

  #take(value: Value): void {
    this.lines.add(value.line)
    if (value.kind === "call" || value.kind === "map") this.places.add(value.at)
    if (value.kind === "call") {
      this.calls.push(value)
      this.names.add(value.callee.join("."))
      this.named.push(...value.named)
    }
    if (value.kind === "map") this.named.push(...value.entries)
    if (value.kind === "name") this.names.add(value.path.join("."))
  }

  /** What a name was given, and how a function of that name is decorated. */
  #behind(value: Value): readonly Value[] {
    if (value.kind !== "name" || this.#seen.size > MOST_RESOLVED) return []
    const key = value.path.join(".")
    if (this.#seen.has(key)) return []
    this.#seen.add(key)
    const given = this.#module.given(value.path, value.at)
    if (given) return [given]
    const definition = this.#module.functionNamed(value.path.at(-1) ?? "")
    return definition ? this.#module.grammar.decorators(definition) : []
  }
}

/** Answers the value that a part of a declaration has, by the first of `names` that is there. */
export function partOf(value: Value, ...names: readonly string[]): Value | undefined {
  const parts = namedParts(value)
  for (const name of names) {
    const found = parts.find((entry) => entry.name === name)
    if (found) return found.value
  }
  return undefined
}
