import type { Node } from "web-tree-sitter"
import type { Assigned, Grammar, Import } from "./grammar.ts"
import {
  call,
  constant,
  dottedName,
  joined,
  lineOf,
  member,
  named,
  namedChildren,
  number,
  opaque,
  type ReadNode,
  simpleName,
  through,
  unescaped,
  valueReader,
} from "./read-value.ts"
import type { Value } from "./value.ts"

const readText: ReadNode = (node) => {
  const raw = node.type === "raw_string_literal"
  const text = namedChildren(node)
    .map((part) => (raw ? part.text : unescaped(part.text)))
    .join("")
  return { kind: "text", text, line: lineOf(node) }
}

/** `Config{Name: "x"}` is a call with named parts, `[]T{a, b}` a list, `map[K]V{…}` a map. */
const readComposite: ReadNode = (node, read) => {
  const type = node.childForFieldName("type")
  const parts = namedChildren(node.childForFieldName("body") ?? node)
  const entries = parts
    .filter((part) => part.type === "keyed_element")
    .map((part) => ({ name: keyOf(part, read), value: read(part.childForFieldName("value")) }))
  if (type?.type === "map_type") return { kind: "map", entries, at: node.startIndex, line: lineOf(node) }
  const items = parts.filter((part) => part.type !== "keyed_element").map(read)
  if (entries.length === 0 && items.length > 0) return { kind: "list", items, line: lineOf(node) }
  return call(named(typePath(type), node), { args: items, named: entries }, node)
}

function keyOf(part: Node, read: (node: Node | null) => Value): string {
  const key = read(part.childForFieldName("key"))
  return key.kind === "text" ? key.text : key.kind === "name" ? key.path.join(".") : "?"
}

function typePath(type: Node | null): readonly string[] {
  return (type?.text ?? "?").replace(/\[.*$/s, "").split(".")
}

const value = valueReader({
  identifier: simpleName,
  field_identifier: simpleName,
  selector_expression: (node, read) =>
    member(read(node.childForFieldName("operand")), node.childForFieldName("field")?.text ?? "?", node),
  call_expression: (node, read) =>
    call(
      read(node.childForFieldName("function")),
      { args: namedChildren(node.childForFieldName("arguments") ?? node).map(read), named: [] },
      node,
    ),
  composite_literal: readComposite,
  interpreted_string_literal: readText,
  raw_string_literal: readText,
  binary_expression: (node, read) => {
    const parts = [read(node.childForFieldName("left")), read(node.childForFieldName("right"))]
    const isSum = node.childForFieldName("operator")?.text === "+"
    return isSum ? joined(parts, node) : { kind: "other", inner: parts, line: lineOf(node) }
  },
  literal_element: through,
  unary_expression: (node, read) => read(node.childForFieldName("operand")),
  int_literal: number,
  true: constant(true),
  false: constant(false),
  nil: constant(null),
  parenthesized_expression: through,
  func_literal: opaque,
})

function importsOf(node: Node): readonly Import[] {
  const path = node.childForFieldName("path")?.namedChild(0)?.text
  if (!path) return []
  const local = node.childForFieldName("name")?.text ?? packageOf(path)
  return [{ local, module: path, name: null }]
}

/** `a/b/v2` is called `b`, and `go-name` often `name`. */
function packageOf(path: string): string {
  const names = path.split("/").filter((name) => !/^v\d+$/.test(name))
  return names.at(-1) ?? path
}

function assigned(node: Node): readonly Assigned[] {
  const left = node.childForFieldName("left") ?? node.childForFieldName("name")
  const right = node.childForFieldName("right") ?? node.childForFieldName("value")
  if (!left || !right) return []
  const targets = left.type === "expression_list" ? namedChildren(left) : [left]
  return namedChildren(right).flatMap((given, index) => {
    const target = targets[index]
    const read = target && value(target)
    return read?.kind === "name" ? [{ path: read.path, value: given }] : []
  })
}

/** Go. */
export const go: Grammar = {
  wasm: "go",
  calls: ["call_expression", "composite_literal"],
  assignments: ["short_var_declaration", "assignment_statement", "var_spec", "const_spec"],
  functions: ["function_declaration", "method_declaration"],
  classes: [],
  loops: ["for_statement"],
  texts: ["interpreted_string_literal", "raw_string_literal"],
  imports: (root) => root.descendantsOfType("import_spec").flatMap((node) => (node ? importsOf(node) : [])),
  value,
  callee: (node) =>
    node.type === "composite_literal"
      ? typePath(node.childForFieldName("type"))
      : dottedName(node.childForFieldName("function"), { selector_expression: ["operand", "field"] }),
  assigned,
  bases: () => [],
  decorators: () => [],
}
