import type { Node } from "web-tree-sitter"
import type { Entry, Value } from "./value.ts"

/** Deeper than people nest, and shallow enough for any stack. */
const DEEPEST = 60

/** Reads one kind of node; `read` reads what is inside. */
export type ReadNode = (node: Node, read: (inner: Node | null) => Value) => Value

/** Answers the function that reads expressions: by the table, else as something with what is inside it. */
export function valueReader(table: Readonly<Record<string, ReadNode>>): (node: Node) => Value {
  const readers = new Map(Object.entries(table))
  const read = (node: Node | null, depth: number): Value => {
    if (!node || depth > DEEPEST) return { kind: "other", inner: [], line: node ? lineOf(node) : 0 }
    const reader = readers.get(node.type)
    if (reader) return reader(node, (inner) => read(inner, depth + 1))
    return other(node, (inner) => read(inner, depth + 1))
  }
  return (node) => read(node, 0)
}

/** Reads a node as something of no meaning here, with the expressions in it. */
export const other: ReadNode = (node, read) => ({
  kind: "other",
  inner: namedChildren(node).map(read),
  line: lineOf(node),
})

/** Reads a node as something whose inside does not matter: the statements of a function. */
export const opaque: ReadNode = (node) => ({ kind: "other", inner: [], line: lineOf(node) })

/** Reads a node as what is in it: brackets, `await`, a cast. */
export const through: ReadNode = (node, read) => read(namedChildren(node)[0] ?? null)

/** Reads a node as a name. */
export const simpleName: ReadNode = (node) => named([node.text], node)

/** Reads a node as the value `value`. */
export function constant(value: number | boolean | null): ReadNode {
  return (node) => ({ kind: "constant", value, line: lineOf(node) })
}

/** Reads a node as a number. */
export const number: ReadNode = (node) => ({
  kind: "constant",
  value: Number(node.text.replaceAll("_", "")),
  line: lineOf(node),
})

/** Reads a node as a list of what is in it. */
export const list: ReadNode = (node, read) => ({
  kind: "list",
  items: namedChildren(node).map(read),
  line: lineOf(node),
})

/** Answers a name as a value. */
export function named(path: readonly string[], node: Node): Value {
  return { kind: "name", path, at: node.startIndex, line: lineOf(node) }
}

/** Answers text put together from parts; parts that are all text are one text. */
export function joined(parts: readonly Value[], node: Node): Value {
  const line = lineOf(node)
  if (parts.every((part) => part.kind === "text"))
    return { kind: "text", text: parts.map((part) => part.text).join(""), line }
  return { kind: "joined", parts, line }
}

/** Answers `on.member`: a longer name, or something that cannot be named with what it stands on. */
export function member(on: Value, name: string, node: Node): Value {
  if (on.kind === "name") return named([...on.path, name], node)
  return { kind: "call", callee: [name], on, args: [], named: [], at: node.startIndex, line: lineOf(node) }
}

/** Answers a call of `callee`, a name or what another call answers. */
export function call(
  callee: Value,
  parts: { readonly args: readonly Value[]; readonly named: readonly Entry[] },
  node: Node,
): Value {
  const place = { at: node.startIndex, line: lineOf(node) }
  if (callee.kind === "name") return { kind: "call", callee: callee.path, on: null, ...parts, ...place }
  // `on.member` of something that is no name was read as a call without arguments.
  if (callee.kind === "call" && callee.on && callee.args.length + callee.named.length === 0)
    return { kind: "call", callee: callee.callee, on: callee.on, ...parts, ...place }
  return { kind: "call", callee: [], on: callee, ...parts, ...place }
}

/** Answers the named children of a node without comments. */
export function namedChildren(node: Node): readonly Node[] {
  return node.namedChildren.filter((child) => child !== null && !child.type.includes("comment"))
}

/** Answers the line, from 1, that a node begins on. */
export function lineOf(node: Node): number {
  return node.startPosition.row + 1
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\n", ""],
])

/** Answers text with its escapes undone, as far as they matter to names, commands and addresses. */
export function unescaped(text: string): string {
  return text.includes("\\")
    ? text.replaceAll(/\\(.)/gs, (_, escaped: string) => ESCAPES.get(escaped) ?? escaped)
    : text
}

/** How each kind of member names what it is a member of, and the member; `null` for a member that has no name. */
export type Members = Readonly<Record<string, readonly [on: string | null, name: string | null]>>

/**
 * Answers the dotted name that a node is, without reading anything else; of what a call answers only what comes after
 * it, and undefined where nothing has a name.
 */
export function dottedName(node: Node | null, members: Members): readonly string[] | undefined {
  const path: string[] = []
  let at = node
  for (let depth = 0; at && depth < DEEPEST; depth++) {
    const names = Object.hasOwn(members, at.type) ? members[at.type] : undefined
    if (!names) break
    const name = names[1] === null ? null : at.childForFieldName(names[1])
    if (name) path.unshift(nameText(name))
    at = ownerOf(at, names[0])
  }
  if (at && FIRST_NAMES.has(at.type)) path.unshift(at.text)
  return path.length > 0 ? path : undefined
}

const FIRST_NAMES = new Set(["identifier", "this", "this_expression"])

/** `Name<T>` is `Name`. */
function nameText(name: Node): string {
  return (name.type === "generic_name" ? name.namedChild(0)?.text : name.text) ?? "?"
}

function ownerOf(node: Node, field: string | null): Node | null {
  if (field === null) return null
  return field === "" ? node.namedChild(0) : node.childForFieldName(field)
}
