import type { Node } from "web-tree-sitter"
import type { Assigned, Grammar, Import } from "./grammar.ts"
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
  type ReadNode,
  simpleName,
  through,
  unescaped,
  valueReader,
} from "./read-value.ts"
import { type Entry, LOOKUP, SPREAD, type Value } from "./value.ts"

const readText: ReadNode = (node, read) => {
  const parts = namedChildren(node).flatMap((part): readonly Value[] => {
    if (part.type === "string_content")
      return [{ kind: "text", text: unescaped(part.text), line: lineOf(part) }]
    return part.type === "interpolation" ? [read(part.childForFieldName("expression"))] : []
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
  if (part.type !== "pair") return { name: SPREAD, value: read(part.namedChild(0)) }
  const key = read(part.childForFieldName("key"))
  return { name: key.kind === "text" ? key.text : "?", value: read(part.childForFieldName("value")) }
}

const readCall: ReadNode = (node, read) => {
  const parts = namedChildren(node.childForFieldName("arguments") ?? node)
  return call(
    read(node.childForFieldName("function")),
    {
      args: parts.filter((part) => !isNamed(part)).map(read),
      named: parts.filter(isNamed).map((part) => argumentOf(part, read)),
    },
    node,
  )
}

function isNamed({ type }: Node): boolean {
  return type === "keyword_argument" || type === "dictionary_splat"
}

function argumentOf(part: Node, read: (node: Node | null) => Value): Entry {
  if (part.type === "dictionary_splat") return { name: SPREAD, value: read(part.namedChild(0)) }
  return { name: part.childForFieldName("name")?.text ?? "?", value: read(part.childForFieldName("value")) }
}

/** `Agent[Deps]` is `Agent`, and `os.environ["X"]` is a look-up. */
const readSubscript: ReadNode = (node, read) => {
  const on = read(node.childForFieldName("value"))
  const key = read(node.childForFieldName("subscript"))
  if (on.kind === "name" && key.kind === "name") return on
  return call(member(on, LOOKUP, node), { args: [key], named: [] }, node)
}

const value = valueReader({
  identifier: simpleName,
  attribute: (node, read) =>
    member(read(node.childForFieldName("object")), node.childForFieldName("attribute")?.text ?? "?", node),
  call: readCall,
  subscript: readSubscript,
  string: readText,
  concatenated_string: (node, read) => joined(namedChildren(node).map(read), node),
  binary_operator: (node, read) =>
    joined([read(node.childForFieldName("left")), read(node.childForFieldName("right"))], node),
  list,
  tuple: list,
  set: list,
  dictionary: readMap,
  integer: number,
  float: number,
  true: constant(true),
  false: constant(false),
  none: constant(null),
  parenthesized_expression: through,
  await: through,
  list_splat: through,
  // `given or "default"`: what stands last is what holds where nothing is given.
  boolean_operator: (node, read) => ({
    kind: "other",
    inner: [read(node.childForFieldName("left")), read(node.childForFieldName("right"))],
    line: lineOf(node),
  }),
})

function imports(root: Node): readonly Import[] {
  const statements = root.descendantsOfType(["import_statement", "import_from_statement"])
  return statements.flatMap((node) => (node ? importsOf(node) : []))
}

function importsOf(node: Node): readonly Import[] {
  const module = node.childForFieldName("module_name")
  if (module?.type === "relative_import") return []
  if (module && node.namedChildren.some((child) => child?.type === "wildcard_import"))
    return [{ local: "*", module: module.text, name: null }]
  return node.childrenForFieldName("name").flatMap((part) => (part ? [importOf(part, module?.text)] : []))
}

function importOf(part: Node, module: string | undefined): Import {
  const name = part.childForFieldName("name")?.text ?? part.text
  const alias = part.childForFieldName("alias")?.text
  if (module !== undefined) return { local: alias ?? name, module, name }
  // `import a.b` brings `a`.
  const [first = name] = name.split(".")
  return alias ? { local: alias, module: name, name: null } : { local: first, module: first, name: null }
}

function assigned(node: Node): readonly Assigned[] {
  if (node.type === "as_pattern") {
    const [what, alias] = namedChildren(node)
    return what && alias && /^\w+$/.test(alias.text) ? [{ path: [alias.text], value: what }] : []
  }
  const [left, right] = [node.childForFieldName("left"), node.childForFieldName("right")]
  if (!left || !right) return []
  const path = pathOf(value(left))
  return path ? [{ path, value: right }] : []
}

function pathOf(target: Value): readonly string[] | undefined {
  if (target.kind === "name") return target.path
  const [key] = target.kind === "call" ? target.args : []
  return target.kind === "call" && target.callee.at(-1) === LOOKUP && key?.kind === "text"
    ? [...target.callee, key.text]
    : undefined
}

/** Python. */
export const python: Grammar = {
  wasm: "python",
  calls: ["call"],
  assignments: ["assignment", "as_pattern"],
  functions: ["function_definition"],
  classes: ["class_definition"],
  loops: ["while_statement", "for_statement"],
  texts: ["string"],
  imports,
  value,
  callee: (node) =>
    dottedName(node.childForFieldName("function"), {
      attribute: ["object", "attribute"],
      subscript: ["value", null],
    }),
  assigned,
  bases: (node) =>
    namedChildren(node.childForFieldName("superclasses") ?? node).flatMap((base) => {
      const read =
        base.type === "identifier" || base.type === "attribute" || base.type === "subscript"
          ? value(base)
          : null
      return read?.kind === "name" ? [read.path] : []
    }),
  decorators: (node) =>
    node.parent?.type === "decorated_definition"
      ? namedChildren(node.parent)
          .filter(({ type }) => type === "decorator")
          .map((decorator) => value(decorator.namedChild(0) ?? decorator))
      : [],
}
