import type { Node } from "web-tree-sitter"
import type { Value } from "./value.ts"

/** A name that a file takes from a module. */
export interface Import {
  /** What it is called here; `*` where every name of the module is meant. */
  readonly local: string
  readonly module: string
  /** What it is called there, or null where the module itself is meant. */
  readonly name: string | null
}

/** A name that is given a value. */
export interface Assigned {
  readonly path: readonly string[]
  readonly value: Node
}

/** What must be known of a language to read its files: which nodes matter, and what they say. */
export interface Grammar {
  /** The file of the compiled grammar, without its beginning and ending. */
  readonly wasm: string
  readonly calls: readonly string[]
  readonly assignments: readonly string[]
  readonly functions: readonly string[]
  readonly classes: readonly string[]
  readonly loops: readonly string[]
  readonly texts: readonly string[]
  imports(root: Node): readonly Import[]
  value(node: Node): Value
  /** The dotted name that a call calls; undefined where it has none. */
  callee(call: Node): readonly string[] | undefined
  assigned(assignment: Node): readonly Assigned[]
  /** The names that a class is made from. */
  bases(definition: Node): readonly (readonly string[])[]
  decorators(definition: Node): readonly Value[]
  /** The package that a file says it belongs to, where the language has files say so. */
  ownPackage?(root: Node): string | undefined
}
