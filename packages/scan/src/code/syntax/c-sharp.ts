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
import type { Entry, Value } from "./value.ts"

type Read = (node: Node | null) => Value

const readText: ReadNode = (node, read) => {
  const parts = namedChildren(node).flatMap((part): readonly Value[] => {
    if (part.type === "interpolation")
      return [read(namedChildren(part).find(({ type }) => type !== "interpolation_brace") ?? null)]
    if (part.type.endsWith("content") || part.type === "escape_sequence")
      return [{ kind: "text", text: unescaped(part.text), line: lineOf(part) }]
    return []
  })
  return joined(parts, node)
}

/** Verbatim and raw text carry their marks in their own text. */
const readMarkedText: ReadNode = (node) => ({
  kind: "text",
  text: node.text.replace(/^@?"+/, "").replace(/"+$/, "").replaceAll('""', '"'),
  line: lineOf(node),
})

const readInvocation: ReadNode = (node, read) =>
  call(read(node.childForFieldName("function")), argumentsOf(node.childForFieldName("arguments"), read), node)

const readCreation: ReadNode = (node, read) => {
  const given = node.childForFieldName("arguments") ?? childOfType(node, "argument_list")
  const initializer = node.childForFieldName("initializer") ?? childOfType(node, "initializer_expression")
  const parts = argumentsOf(given, read)
  const { args, entries } = initializerOf(initializer, read)
  // `new() { … }` as an argument says only what is in it.
  const isUntyped = createdType(node)[0] === "?"
  if (isUntyped)
    return { kind: "map", entries: [...parts.named, ...entries], at: node.startIndex, line: lineOf(node) }
  return call(
    named(createdType(node), node),
    { args: [...parts.args, ...args], named: [...parts.named, ...entries] },
    node,
  )
}

function argumentsOf(
  node: Node | null,
  read: Read,
): { readonly args: readonly Value[]; readonly named: readonly Entry[] } {
  const parts = node ? namedChildren(node).filter(({ type }) => type === "argument") : []
  const valueOf = (part: Node): Value => read(namedChildren(part).at(-1) ?? null)
  return {
    args: parts.filter((part) => nameOf(part) === undefined).map(valueOf),
    named: parts.flatMap((part) => {
      const name = nameOf(part)
      return name === undefined ? [] : [{ name, value: valueOf(part) }]
    }),
  }
}

/** `{ Name = "x" }` names its parts, `{ ["a"] = "b" }` too, `{ a, b }` lists them. */
function initializerOf(
  node: Node | null,
  read: Read,
): { readonly args: readonly Value[]; readonly entries: readonly Entry[] } {
  const parts = node ? namedChildren(node) : []
  const items = parts.filter((part) => !isNamed(part)).map(read)
  return {
    args: items.length > 0 ? [{ kind: "list", items, line: node ? lineOf(node) : 0 }] : [],
    entries: parts.filter(isNamed).map((part) => ({
      name: keyOf(part.childForFieldName("left"), read),
      value: read(part.childForFieldName("right")),
    })),
  }
}

function nameOf(part: Node): string | undefined {
  return part.childForFieldName("name")?.text
}

function isNamed({ type }: Node): boolean {
  return type === "assignment_expression"
}

function keyOf(left: Node | null, read: Read): string {
  const key = left?.type === "element_binding_expression" ? read(left) : undefined
  const [only] = key?.kind === "list" ? key.items : []
  return only?.kind === "text" ? only.text : (left?.text ?? "?")
}

function childOfType(node: Node, type: string): Node | null {
  return node.namedChildren.find((child) => child?.type === type) ?? null
}

/** `new()` makes what the variable before it is declared to be. */
function createdType(node: Node): readonly string[] {
  const type = node.childForFieldName("type") ?? node.parent?.parent?.childForFieldName("type") ?? null
  const plain = type?.type === "generic_name" ? type.namedChild(0) : type
  return (plain?.text ?? "?").split(".")
}

const value = valueReader({
  identifier: simpleName,
  this: simpleName,
  this_expression: simpleName,
  generic_name: (node) => named([node.namedChild(0)?.text ?? "?"], node),
  qualified_name: (node) => named(node.text.split("."), node),
  member_access_expression: (node, read) => {
    const name = node.childForFieldName("name")
    const plain = name?.type === "generic_name" ? name.namedChild(0) : name
    return member(read(node.childForFieldName("expression")), plain?.text ?? "?", node)
  },
  invocation_expression: readInvocation,
  object_creation_expression: readCreation,
  implicit_object_creation_expression: readCreation,
  string_literal: readText,
  interpolated_string_expression: readText,
  verbatim_string_literal: readMarkedText,
  raw_string_literal: readMarkedText,
  binary_expression: (node, read) => {
    const parts = [read(node.childForFieldName("left")), read(node.childForFieldName("right"))]
    const isSum = node.childForFieldName("operator")?.text === "+"
    return isSum ? joined(parts, node) : { kind: "other", inner: parts, line: lineOf(node) }
  },
  initializer_expression: list,
  collection_expression: list,
  element_binding_expression: (node, read) => ({
    kind: "list",
    items: namedChildren(node).map((part) => read(part.type === "argument" ? part.namedChild(0) : part)),
    line: lineOf(node),
  }),
  implicit_array_creation_expression: (node, read) => read(childOfType(node, "initializer_expression")),
  array_creation_expression: (node, read) => read(childOfType(node, "initializer_expression")),
  integer_literal: number,
  boolean_literal: (node, read) => constant(node.text === "true")(node, read),
  null_literal: constant(null),
  parenthesized_expression: through,
  await_expression: through,
  postfix_unary_expression: through,
  lambda_expression: opaque,
  anonymous_method_expression: opaque,
})

function importsOf(node: Node): readonly Import[] {
  const alias = node.childForFieldName("name")?.text
  const target = namedChildren(node).at(-1)?.text
  if (!target) return []
  if (alias === undefined) return [{ local: "*", module: target, name: null }]
  const path = target.split(".")
  return [{ local: alias, module: path.slice(0, -1).join("."), name: path.at(-1) ?? null }]
}

/** C#. */
export const cSharp: Grammar = {
  wasm: "c-sharp",
  calls: ["invocation_expression", "object_creation_expression", "implicit_object_creation_expression"],
  assignments: ["variable_declarator", "assignment_expression", "property_declaration"],
  functions: ["method_declaration", "local_function_statement"],
  classes: ["class_declaration"],
  loops: ["while_statement", "for_statement", "foreach_statement", "do_statement"],
  texts: ["string_literal", "verbatim_string_literal", "raw_string_literal"],
  imports: (root) =>
    root.descendantsOfType("using_directive").flatMap((node) => (node ? importsOf(node) : [])),
  value,
  callee: (node) => {
    if (node.type !== "invocation_expression") return createdType(node)
    return dottedName(node.childForFieldName("function"), {
      member_access_expression: ["expression", "name"],
      generic_name: ["", null],
    })
  },
  assigned: (node) => {
    const left = node.childForFieldName("name") ?? node.childForFieldName("left")
    const right =
      node.childForFieldName("right") ?? node.childForFieldName("value") ?? namedChildren(node).at(-1)
    const target = left && value(left)
    return right && right.id !== left?.id && target?.kind === "name"
      ? [{ path: target.path, value: right }]
      : []
  },
  bases: (node) => {
    const bases = childOfType(node, "base_list")
    return bases ? namedChildren(bases).map(basePath) : []
  },
  decorators: () => [],
  ownPackage: (root) =>
    root
      .descendantsOfType(["namespace_declaration", "file_scoped_namespace_declaration"])[0]
      ?.childForFieldName("name")?.text,
}

function basePath(base: Node): readonly string[] {
  const plain = base.type === "generic_name" ? base.namedChild(0) : base
  return (plain?.text ?? "?").split(".")
}
