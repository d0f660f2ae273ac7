import type { Node } from "web-tree-sitter"
import type { SourceModule } from "./source-module.ts"

/** Where the value of an expression goes: into a variable, under a key, or back to whoever called the function. */
export type DeclaredPlace =
  | { readonly kind: "variable"; readonly path: readonly string[] }
  | { readonly kind: "key"; readonly name: string }
  | { readonly kind: "answer"; readonly function: string }
  | { readonly kind: "nowhere" }

/** What stands around an expression and does not change where it goes. */
const TRANSPARENT = new Set([
  "await",
  "await_expression",
  "parenthesized_expression",
  "as_expression",
  "satisfies_expression",
  "non_null_expression",
  "expression_list",
  "unary_expression",
  "literal_element",
  "equals_value_clause",
  "cast_expression",
  "postfix_unary_expression",
])
const RETURNS = new Set([
  "return_statement",
  "arrow_function",
  "lambda",
  "lambda_expression",
  "arrow_expression_clause",
])
const KEYED = new Set(["pair", "keyed_element"])
const MEMBERS: ReadonlyMap<string, string> = new Map([
  ["attribute", "object"],
  ["member_expression", "object"],
  ["selector_expression", "operand"],
  ["member_access_expression", "expression"],
  ["method_invocation", "object"],
])

/** Answers the end of the chain of calls that begins with `node`: of `a().b().c()` all of it. */
export function chainEnd(node: Node, module: SourceModule): Node {
  let end = node
  for (let next = chainedCall(end, module); next; next = chainedCall(end, module)) {
    module.hurry()
    end = next
  }
  return end
}

function chainedCall(node: Node, module: SourceModule): Node | null {
  const parent = node.parent
  if (!parent) return null
  if (PARENTHESES.has(parent.type)) return chainedCall(parent, module)
  if (!isField(parent, MEMBERS.get(parent.type), node)) return null
  if (parent.type === "method_invocation") return parent
  const around = parent.parent
  return around && module.grammar.calls.includes(around.type) && isField(around, "function", parent)
    ? around
    : null
}

const PARENTHESES = new Set(["parenthesized_expression", "await", "await_expression"])

function isField(parent: Node, field: string | undefined, node: Node): boolean {
  return field !== undefined && parent.childForFieldName(field)?.id === node.id
}

/** Answers where the value of `node` goes. */
export function declaredPlace(node: Node, module: SourceModule): DeclaredPlace {
  let inner = node
  for (let around = node.parent; around; around = around.parent) {
    if (module.grammar.assignments.includes(around.type)) return assignedPlace(around, inner, module)
    if (KEYED.has(around.type)) return { kind: "key", name: keyText(around.childForFieldName("key")) }
    if (RETURNS.has(around.type)) return answerPlace(around, module)
    if (!TRANSPARENT.has(around.type)) return { kind: "nowhere" }
    inner = around
  }
  return { kind: "nowhere" }
}

function assignedPlace(assignment: Node, inner: Node, module: SourceModule): DeclaredPlace {
  const target = module.grammar
    .assigned(assignment)
    .find(({ value }) => value.startIndex <= inner.startIndex && inner.startIndex < value.endIndex)
  return target ? { kind: "variable", path: target.path } : { kind: "nowhere" }
}

function answerPlace(node: Node, module: SourceModule): DeclaredPlace {
  const name = functionAround(node, module)
  return name ? { kind: "answer", function: name } : { kind: "nowhere" }
}

/** Answers the name of the nearest function around a node that has one. */
export function functionAround(node: Node, module: SourceModule): string | undefined {
  const { functions } = module.grammar
  for (let around = module.enclosing(node, functions); around; around = module.enclosing(around, functions)) {
    const name = around.childForFieldName("name")?.text ?? variableOfFunction(around)
    if (name) return name
  }
  return undefined
}

/** `const build = () => …` */
function variableOfFunction(node: Node): string | undefined {
  return node.parent?.type === "variable_declarator" ? node.parent.childForFieldName("name")?.text : undefined
}

function keyText(key: Node | null): string {
  return (key?.text ?? "").replaceAll(/^["'`]|["'`]$/g, "")
}
