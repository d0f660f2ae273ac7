import type { Node } from "web-tree-sitter"
import type { Assigned, Grammar } from "./grammar.ts"
import { javascriptImports } from "./javascript-imports.ts"
import {
  call,
  constant,
  dottedName,
  joined,
  lineOf,
  list,
  member,
  namedChildren,
  number,
  opaque,
  type ReadNode,
  simpleName,
  through,
  unescaped,
  valueReader,
} from "./read-value.ts"
import { type Entry, LOOKUP, SPREAD, type Value } from "./value.ts"

const readText: ReadNode = (node, read) => {
  const parts = namedChildren(node).map((part): Value => {
    if (part.type === "template_substitution") return read(part.namedChild(0))
    return { kind: "text", text: unescaped(part.text), line: lineOf(part) }
  })
  return joined(parts, node)
}

const readMap: ReadNode = (node, read) => ({
  kind: "map",
  entries: namedChildren(node).map((part) => entryOf(part, read)),
  at: node.startIndex,
  line: lineOf(node),
})

function entryOf(part: Node, read: (node: Node | null) => Value): Entry {
  if (part.type === "pair")
    return { name: keyOf(part.childForFieldName("key")), value: read(part.childForFieldName("value")) }
  if (part.type === "method_definition")
    return {
      name: keyOf(part.childForFieldName("name")),
      value: { kind: "other", inner: [], line: lineOf(part) },
    }
  if (part.type === "shorthand_property_identifier") return { name: part.text, value: simpleName(part, read) }
  return { name: SPREAD, value: read(part.namedChild(0)) }
}

function keyOf(key: Node | null): string {
  return key?.type === "string" ? (key.namedChild(0)?.text ?? "") : (key?.text ?? "?")
}

const readCall: ReadNode = (node, read) => {
  const callee = node.childForFieldName("function") ?? node.childForFieldName("constructor")
  const args = namedChildren(node.childForFieldName("arguments") ?? node).map(read)
  return call(read(callee), { args: node.childForFieldName("arguments") ? args : [], named: [] }, node)
}

const value = valueReader({
  identifier: simpleName,
  this: simpleName,
  member_expression: (node, read) =>
    member(read(node.childForFieldName("object")), node.childForFieldName("property")?.text ?? "?", node),
  subscript_expression: (node, read) =>
    call(
      member(read(node.childForFieldName("object")), LOOKUP, node),
      { args: [read(node.childForFieldName("index"))], named: [] },
      node,
    ),
  call_expression: readCall,
  new_expression: readCall,
  string: readText,
  template_string: readText,
  binary_expression: (node, read) => {
    const parts = [read(node.childForFieldName("left")), read(node.childForFieldName("right"))]
    const isSum = node.childForFieldName("operator")?.text === "+"
    return isSum ? joined(parts, node) : { kind: "other", inner: parts, line: lineOf(node) }
  },
  array: list,
  object: readMap,
  number,
  true: constant(true),
  false: constant(false),
  null: constant(null),
  undefined: constant(null),
  parenthesized_expression: through,
  await_expression: through,
  non_null_expression: through,
  as_expression: through,
  satisfies_expression: through,
  spread_element: through,
  // What an expression of a function answers may be what is looked for; what its statements do is not read here.
  arrow_function: (node, read) =>
    node.childForFieldName("body")?.type === "statement_block"
      ? opaque(node, read)
      : { kind: "other", inner: [read(node.childForFieldName("body"))], line: lineOf(node) },
  function_expression: opaque,
  class: opaque,
})

function assigned(node: Node): readonly Assigned[] {
  const right = node.childForFieldName("value") ?? node.childForFieldName("right")
  const left =
    node.childForFieldName("name") ?? node.childForFieldName("left") ?? node.childForFieldName("property")
  if (!left || !right) return []
  if (left.type === "property_identifier" || left.type === "private_property_identifier")
    return [{ path: ["this", left.text], value: right }]
  const target = value(left)
  return target.kind === "name" ? [{ path: target.path, value: right }] : []
}

function basesOf(node: Node): readonly (readonly string[])[] {
  const heritage = node.namedChildren.find((child) => child?.type === "class_heritage")
  const clause = heritage?.namedChildren.find((child) => child?.type === "extends_clause") ?? heritage
  const base = clause?.childForFieldName("value") ?? clause?.namedChild(0)
  const read = base ? value(base) : undefined
  return read?.kind === "name" ? [read.path] : []
}

/** JavaScript, and what TypeScript shares with it. */
export const javascript: Grammar = {
  wasm: "javascript",
  calls: ["call_expression", "new_expression"],
  assignments: [
    "variable_declarator",
    "assignment_expression",
    "public_field_definition",
    "field_definition",
  ],
  functions: ["function_declaration", "method_definition", "arrow_function", "function_expression"],
  classes: ["class_declaration", "class"],
  loops: ["while_statement", "for_statement", "for_in_statement", "do_statement"],
  texts: ["string", "template_string"],
  imports: javascriptImports,
  value,
  callee: (node) =>
    dottedName(node.childForFieldName("function") ?? node.childForFieldName("constructor"), {
      member_expression: ["object", "property"],
      non_null_expression: ["", null],
    }),
  assigned,
  bases: basesOf,
  decorators: () => [],
}

/** TypeScript. */
export const typescript: Grammar = { ...javascript, wasm: "typescript" }

/** TypeScript with elements. */
export const tsx: Grammar = { ...javascript, wasm: "tsx" }
