import type { Node } from "web-tree-sitter"
import type { Call, Value } from "../syntax/value.ts"
import type { SourceModule } from "./source-module.ts"

const DEEPEST = 4
/** Modules that nothing which answers by itself comes from. */
const PLAIN_MODULES = new Set([
  "collections",
  "datetime",
  "enum",
  "functools",
  "itertools",
  "json",
  "logging",
  "math",
  "operator",
  "random",
  "re",
  "string",
  "time",
  "typing",
  "uuid",
])
/** Names that every file has, and methods of texts, lists and maps. */
const PLAIN_NAMES =
  /^(?:abs|all|any|bool|dict|enumerate|float|format|getattr|int|isinstance|len|list|max|min|print|range|reversed|round|set|sorted|str|sum|tuple|zip|console|JSON|Math|Object|Array|String|Number|Date|logger)$/

const PLAIN_METHODS =
  /^(?:append|copy|endswith|extend|filter|format|get|includes|insert|items|join|keys|lower|map|pop|push|remove|replace|setdefault|slice|sort|split|startswith|strip|title|toLowerCase|toUpperCase|trim|update|upper|values)$/

/** Answers whether every node is a function of this file that calls nothing which could be a model or a tool. */
export function hasOnlyPlainSteps(nodes: readonly (readonly Value[])[], module: SourceModule): boolean {
  return nodes.length > 0 && nodes.every((args) => isPlainNode(args, module))
}

/** Answers what is handed to each `add_node` among `calls`. */
export function stepsOf(calls: readonly Call[]): readonly (readonly Value[])[] {
  return calls.filter(({ callee }) => /^add_?node$/i.test(callee.at(-1) ?? "")).map(({ args }) => args)
}

function isPlainNode(args: readonly Value[], module: SourceModule): boolean {
  const last = args.at(-1)
  if (last?.kind === "call" && last.callee.at(-1) === "compile") return isPlainGraph(last, module)
  const step = args.findLast(({ kind }) => kind === "name")
  const body = step?.kind === "name" ? module.functionNamed(step.path.at(-1) ?? "") : undefined
  return args.length <= 2 && body !== undefined && isPlain(body, module, DEEPEST)
}

/** A graph may be a step of another one. */
function isPlainGraph({ callee }: Call, module: SourceModule): boolean {
  const calls = module.callsOn(callee.slice(0, -1)).flatMap(({ node }) => {
    const value = module.value(node)
    return value.kind === "call" ? [value] : []
  })
  const steps = stepsOf(calls)
  return steps.every((args) => args.at(-1)?.kind === "name") && hasOnlyPlainSteps(steps, module)
}

/** A function is plain if whatever it calls is its own, a word of the language, or another plain function. */
function isPlain(body: Node, module: SourceModule, depth: number): boolean {
  if (depth === 0) return false
  const calls = module.calls.filter(
    ({ node }) => node.startIndex >= body.startIndex && node.endIndex <= body.endIndex,
  )
  return calls.every(({ path }) => isPlainCall(path, body, module, depth))
}

function isPlainCall(path: readonly string[], body: Node, module: SourceModule, depth: number): boolean {
  const [head = ""] = path
  const called = path.length === 1 ? module.functionNamed(head) : undefined
  if (called) return called.id === body.id || isPlain(called, module, depth - 1)
  const full = module.bindings.fullNames(path)
  if (full.length > 0) return full.every((name) => PLAIN_MODULES.has(name.split(".")[0] ?? ""))
  return PLAIN_NAMES.test(head) || PLAIN_METHODS.test(path.at(-1) ?? "")
}
