import type { Node } from "web-tree-sitter"
import type { Grammar, Import } from "./grammar.ts"
import {
  call,
  constant,
  dottedName,
  joined,
  lineOf,
  list,
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

const readText: ReadNode = (node) => {
  const text = namedChildren(node)
    .map((part) => unescaped(part.text))
    .join("")
  return { kind: "text", text, line: lineOf(node) }
}

const readMethodCall: ReadNode = (node, read) => {
  const name = node.childForFieldName("name")?.text ?? "?"
  const object = node.childForFieldName("object")
  const args = namedChildren(node.childForFieldName("arguments") ?? node).map(read)
  const callee = object ? member(read(object), name, node) : named([name], node)
  return call(callee, { args, named: [] }, node)
}

const readCreation: ReadNode = (node, read) => {
  const callee = named(typePath(node.childForFieldName("type")), node)
  const args = namedChildren(node.childForFieldName("arguments") ?? node).map(read)
  return call(callee, { args, named: [] }, node)
}

/** `a.b.Name<T>` is `a.b.Name`. */
function typePath(type: Node | null): readonly string[] {
  const plain = type?.type === "generic_type" ? type.namedChild(0) : type
  return (plain?.text ?? "?").split(".")
}

const value = valueReader({
  identifier: simpleName,
  this: simpleName,
  scoped_identifier: (node) => named(node.text.split("."), node),
  field_access: (node, read) =>
    member(read(node.childForFieldName("object")), node.childForFieldName("field")?.text ?? "?", node),
  method_invocation: readMethodCall,
  object_creation_expression: readCreation,
  string_literal: readText,
  binary_expression: (node, read) => {
    const parts = [read(node.childForFieldName("left")), read(node.childForFieldName("right"))]
    const isSum = node.childForFieldName("operator")?.text === "+"
    return isSum ? joined(parts, node) : { kind: "other", inner: parts, line: lineOf(node) }
  },
  array_initializer: list,
  decimal_integer_literal: number,
  true: constant(true),
  false: constant(false),
  null_literal: constant(null),
  parenthesized_expression: through,
  lambda_expression: opaque,
  class_body: opaque,
  cast_expression: (node, read) => read(node.childForFieldName("value")),
})

function importsOf(node: Node): readonly Import[] {
  const path = node.namedChild(0)?.text.split(".") ?? []
  if (node.namedChildren.some((child) => child?.type === "asterisk"))
    return [{ local: "*", module: path.join("."), name: null }]
  const name = path.at(-1)
  return name ? [{ local: name, module: path.slice(0, -1).join("."), name }] : []
}

/** Java. */
export const java: Grammar = {
  wasm: "java",
  calls: ["method_invocation", "object_creation_expression"],
  assignments: ["variable_declarator", "assignment_expression"],
  functions: ["method_declaration"],
  classes: ["class_declaration"],
  loops: ["while_statement", "for_statement", "enhanced_for_statement", "do_statement"],
  texts: ["string_literal"],
  imports: (root) =>
    root.descendantsOfType("import_declaration").flatMap((node) => (node ? importsOf(node) : [])),
  value,
  callee: (node) => {
    if (node.type === "object_creation_expression") return typePath(node.childForFieldName("type"))
    const name = node.childForFieldName("name")?.text
    const on = dottedName(node.childForFieldName("object"), {
      field_access: ["object", "field"],
      method_invocation: [null, null],
    })
    return name ? [...(on ?? []), name] : undefined
  },
  assigned: (node) => {
    const right = node.childForFieldName("value") ?? node.childForFieldName("right")
    const left = node.childForFieldName("name") ?? node.childForFieldName("left")
    const target = left && value(left)
    return right && target?.kind === "name" ? [{ path: target.path, value: right }] : []
  },
  bases: (node) => {
    const base = node.childForFieldName("superclass")?.namedChild(0)
    return base ? [typePath(base)] : []
  },
  decorators: () => [],
  ownPackage: (root) =>
    namedChildren(root)
      .find(({ type }) => type === "package_declaration")
      ?.namedChild(0)?.text,
}
