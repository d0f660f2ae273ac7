import type { Value } from "../syntax/value.ts"
import { hasOnlyPlainSteps, stepsOf } from "./plain-steps.ts"
import type { Reach } from "./reach.ts"
import type { SourceModule } from "./source-module.ts"

/** What only a graph with a model or tools in it says. */
const MODEL_OR_TOOLS =
  /\b(?:ToolNode|tools_condition|toolsCondition|bind_tools|bindTools|init_chat_model|initChatModel|Chat[A-Z]\w+|[A-Za-z_]*(?:llm|agent|crew)[A-Za-z_]*|(?:chat_?)?model|completions|messages\.create|generateText)\b/i

/**
 * Answers whether a graph of nodes is an agent: a model or tools are among its nodes, or a node comes from another file,
 * so that what it does is not said here.
 */
export function isAgentWorkflow(reach: Reach, module: SourceModule): boolean {
  const nodes = stepsOf(reach.calls)
  if (hasOnlyPlainSteps(nodes, module)) return false
  return MODEL_OR_TOOLS.test(withoutComments(module)) || hasForeignNodes(nodes.flat(), module)
}

/** A node of an import, known or not: a relative one is bound to nothing, and defined nowhere in the file. */
function hasForeignNodes(nodes: readonly Value[], module: SourceModule): boolean {
  return nodes.some(
    (node) =>
      node.kind === "name" &&
      (module.bindings.fullNames(node.path).length > 0 ||
        (module.given(node.path, node.at) === undefined &&
          module.functionNamed(node.path.at(-1) ?? "") === undefined)),
  )
}

function withoutComments({ root }: SourceModule): string {
  return root.text.replaceAll(/^\s*(?:#|\/\/).*$/gm, "")
}
