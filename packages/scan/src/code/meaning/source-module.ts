import type { Node } from "web-tree-sitter"
import type { Grammar } from "../syntax/grammar.ts"
import type { Value } from "../syntax/value.ts"
import { Bindings } from "./bindings.ts"

/** One call of a file: where it is, and what it calls. */
export interface FoundCall {
  readonly node: Node
  readonly path: readonly string[]
}

/** A name, and what it was given. */
export interface NamedValue {
  readonly name: string
  readonly value: Value
}

interface Definition {
  readonly node: Node
  readonly from: number
  readonly to: number
}

/** One source file, parsed: its calls, what its names mean and what they were given. */
export class SourceModule {
  readonly grammar: Grammar
  readonly root: Node
  readonly hurry: () => void
  readonly bindings: Bindings
  readonly calls: readonly FoundCall[]
  readonly #values = new Map<number, Value>()
  #assignments: ReadonlyMap<string, readonly Definition[]> | undefined
  #callsOn: ReadonlyMap<string, readonly FoundCall[]> | undefined
  readonly #members = new Map<string, readonly NamedValue[]>()
  #functions: ReadonlyMap<string, readonly Node[]> | undefined

  /** `hurry` throws where the file has taken too long. */
  constructor(grammar: Grammar, root: Node, hurry: () => void = () => {}) {
    this.hurry = hurry
    this.grammar = grammar
    this.root = root
    const classes = this.nodes(grammar.classes).map((node) => node.childForFieldName("name")?.text ?? "")
    this.bindings = new Bindings(grammar.imports(root), new Set(classes))
    this.calls = this.nodes(grammar.calls).flatMap((node) => {
      hurry()
      const path = grammar.callee(node)
      return path ? [{ node, path }] : []
    })
  }

  /** Answers all nodes of the given kinds, in the order of the text. */
  nodes(types: readonly string[]): readonly Node[] {
    return types.length === 0 ? [] : this.root.descendantsOfType([...types]).filter((node) => node !== null)
  }

  /** Answers what an expression says. */
  value(node: Node): Value {
    const known = this.#values.get(node.id)
    if (known) return known
    this.hurry()
    const value = this.grammar.value(node)
    this.#values.set(node.id, value)
    return value
  }

  /** Answers what the name `path` was given where it is used at `at`, or undefined where that is not said here. */
  given(path: readonly string[], at: number): Value | undefined {
    const definitions = (this.#assignments ??= this.#findAssignments()).get(keyOf(path)) ?? []
    const visible = definitions.filter(({ from, to }) => from <= at && at <= to)
    const innermost = Math.max(...visible.map(({ from }) => from))
    const nearest = visible.filter(({ from }) => from === innermost)
    const found = nearest.findLast(({ node }) => node.startIndex < at) ?? nearest[0]
    // `x = wrap(x)` means the x before it.
    return found && !(found.node.startIndex <= at && at <= found.node.endIndex)
      ? this.value(found.node)
      : undefined
  }

  /** Answers the function of that name, if the file defines one. */
  functionNamed(name: string): Node | undefined {
    this.#functions ??= Map.groupBy(
      this.nodes(this.grammar.functions),
      (node) => node.childForFieldName("name")?.text ?? "",
    )
    return this.#functions.get(name)?.[0]
  }

  /** Answers what was given to members of objects of that name. */
  assignmentsOf(wanted: string): readonly NamedValue[] {
    const known = this.#members.get(wanted)
    if (known) return known
    const found = this.#given((key, name) => name === wanted && key.includes("."))
    this.#members.set(wanted, found)
    return found
  }

  /** Answers the calls of something on what `path` names. */
  callsOn(path: readonly string[]): readonly FoundCall[] {
    this.#callsOn ??= Map.groupBy(this.calls, (call) => call.path.slice(0, -1).join("."))
    return this.#callsOn.get(path.join(".")) ?? []
  }

  /** Answers the maps that have a part whose name passes `wanted`. */
  mapsWith(wanted: RegExp): readonly Value[] {
    return this.nodes(["pair"]).flatMap((node) => {
      const key = node.childForFieldName("key")?.text.replaceAll(/["'`]/g, "")
      return node.parent && key !== undefined && wanted.test(key) ? [this.value(node.parent)] : []
    })
  }

  /** Answers the parts of calls and maps whose name passes `wanted`. */
  partsNamed(wanted: RegExp): readonly NamedValue[] {
    return this.nodes(["keyword_argument", "pair", "keyed_element"]).flatMap((node) => {
      const name = (node.childForFieldName("name") ?? node.childForFieldName("key"))?.text.replaceAll(
        /["'`]/g,
        "",
      )
      const value = node.childForFieldName("value")
      return name !== undefined && value && wanted.test(name) ? [{ name, value: this.value(value) }] : []
    })
  }

  /** Answers what was given to whatever has a name that passes `wanted`. */
  valuesNamed(wanted: (name: string) => boolean): readonly NamedValue[] {
    return this.#given((_, name) => wanted(name))
  }

  #given(wanted: (key: string, name: string) => boolean): readonly NamedValue[] {
    this.#assignments ??= this.#findAssignments()
    return [...this.#assignments].flatMap(([key, definitions]) => {
      const name = key.split(".").at(-1) ?? ""
      return wanted(key, name) ? definitions.map(({ node }) => ({ name, value: this.value(node) })) : []
    })
  }

  #findAssignments(): ReadonlyMap<string, readonly Definition[]> {
    const found = new Map<string, Definition[]>()
    for (const node of this.nodes(this.grammar.assignments)) {
      for (const { path, value } of this.grammar.assigned(node)) {
        const scope = this.#scopeOf(node, path)
        for (const key of new Set([keyOf(path), ...this.#memberKey(node, path)])) {
          const list = found.get(key) ?? []
          list.push({ node: value, ...scope })
          found.set(key, list)
        }
      }
    }
    return found
  }

  /** What an object keeps is known to all of it; what a function keeps only to itself. */
  #scopeOf(node: Node, path: readonly string[]): { readonly from: number; readonly to: number } {
    const scope = isMember(path) ? null : this.enclosing(node, this.grammar.functions)
    return scope ? { from: scope.startIndex, to: scope.endIndex } : { from: 0, to: Number.MAX_SAFE_INTEGER }
  }

  /** A name of a class's body is also the object's. */
  #memberKey(node: Node, path: readonly string[]): readonly string[] {
    const isOfClass =
      path.length === 1 && this.enclosing(node, [...this.grammar.functions, ...this.grammar.classes])
    return isOfClass && this.grammar.classes.includes(isOfClass.type) ? [keyOf(["this", ...path])] : []
  }

  /** Answers the nearest node around `node` that is of one of the kinds. */
  enclosing(node: Node, types: readonly string[]): Node | null {
    let around = node.parent
    while (around && !types.includes(around.type)) {
      this.hurry()
      around = around.parent
    }
    return around
  }
}

function isMember([head]: readonly string[]): boolean {
  return head === "self" || head === "this" || head === "cls"
}

function keyOf(path: readonly string[]): string {
  return (isMember(path) ? ["this", ...path.slice(1)] : path).join(".")
}
