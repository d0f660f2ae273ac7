import type { Node } from "web-tree-sitter"
import type { Import } from "./grammar.ts"

/** Answers what a file imports, by `import`, `require` or `await import`; what is only a type is not there at run time. */
export function javascriptImports(root: Node): readonly Import[] {
  const statements = root.descendantsOfType("import_statement")
  const declarators = root.descendantsOfType("variable_declarator")
  return [
    ...statements.flatMap((node) => (node ? ofStatement(node) : [])),
    ...declarators.flatMap((node) => (node ? ofRequire(node) : [])),
  ]
}

function ofStatement(node: Node): readonly Import[] {
  const module = textIn(node.childForFieldName("source"))
  const clause = node.namedChildren.find((child) => child?.type === "import_clause")
  if (!module || !clause || isRelative(module) || isTypeOnly(node)) return []
  return clause.namedChildren.flatMap((part) => (part ? ofClause(part, module) : []))
}

function ofClause(part: Node, module: string): readonly Import[] {
  if (part.type === "identifier") return [{ local: part.text, module, name: "default" }]
  if (part.type === "namespace_import") return [{ local: part.namedChild(0)?.text ?? "", module, name: null }]
  return part.namedChildren.flatMap((specifier) => {
    const name = specifier?.childForFieldName("name")?.text
    if (!specifier || !name || isTypeOnly(specifier)) return []
    return [{ local: specifier.childForFieldName("alias")?.text ?? name, module, name }]
  })
}

function isTypeOnly(node: Node): boolean {
  return node.children.some((child) => child?.type === "type" || child?.type === "typeof")
}

function ofRequire(node: Node): readonly Import[] {
  const module = requiredModule(node.childForFieldName("value"))
  const target = node.childForFieldName("name")
  if (!module || !target || isRelative(module)) return []
  if (target.type === "identifier") return [{ local: target.text, module, name: null }]
  return target.namedChildren.flatMap((part) => {
    const name = part?.childForFieldName("key")?.text ?? part?.text
    return part && name ? [{ local: part.childForFieldName("value")?.text ?? name, module, name }] : []
  })
}

function requiredModule(node: Node | null): string | undefined {
  const called = node?.type === "await_expression" ? node.namedChild(0) : node
  const callee = called?.childForFieldName("function")?.text
  if (callee !== "require" && callee !== "import") return undefined
  return textIn(called?.childForFieldName("arguments")?.namedChild(0) ?? null)
}

function textIn(node: Node | null): string | undefined {
  return node?.type === "string" ? node.namedChild(0)?.text : undefined
}

function isRelative(module: string): boolean {
  return /^[./~#]|^@\//.test(module)
}
