import type { Node } from "web-tree-sitter"
import { functionAround } from "./declared-place.ts"
import type { SourceModule } from "./source-module.ts"

/** Answers whether a call is made again and again: in a loop, in a function that a loop calls, or that calls itself. */
export function isInLoop(node: Node, module: SourceModule): boolean {
  if (isDirectlyInLoop(node, module)) return true
  const name = functionAround(node, module)
  if (!name) return false
  return module.calls.some(
    (call) =>
      call.path.at(-1) === name &&
      (isDirectlyInLoop(call.node, module) || functionAround(call.node, module) === name),
  )
}

function isDirectlyInLoop(node: Node, { grammar }: SourceModule): boolean {
  for (let around = node.parent; around; around = around.parent) {
    if (grammar.loops.includes(around.type)) return true
    if (grammar.functions.includes(around.type) && !isHandedOver(around)) return false
  }
  return false
}

/** A function without a name that is handed to a call there and then runs where it stands. */
function isHandedOver(node: Node): boolean {
  return (node.parent?.type.startsWith("argument") ?? false) && node.childForFieldName("name") === null
}
