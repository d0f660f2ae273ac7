import type { Node } from "web-tree-sitter"
import { namesSecret } from "../../credentials/secret-names.ts"
import { lineOf } from "../syntax/read-value.ts"
import type { SourceModule } from "./source-module.ts"

/** A variable of the environment that a file reads and that holds a secret by its name. */
export interface FoundVariable {
  readonly name: string
  readonly line: number
}

/** A literal text that could be a secret, and the name beside it. */
export interface FoundText {
  readonly name: string | null
  readonly text: string
  readonly line: number
}

const SHORTEST = 16
const LONGEST = 4_000
const MOST = 5_000
const READ =
  /(?:environ(?:\.get\(|\[)|getenv\(|process\.env(?:\.|\[)|(?:Deno|Bun)\.env(?:\.get\(|\.|\[)|GetEnvironmentVariable\(|Getenv\(|userdata\.get\(|st\.secrets(?:\.get\(|\[))\s*["'`]?([A-Za-z_]\w{2,100})/g

/** Answers the variables that a file reads in its code, not in its comments or texts. */
export function findVariables({ root }: SourceModule): readonly FoundVariable[] {
  const found = new Map<string, FoundVariable>()
  for (const match of root.text.matchAll(READ)) {
    const name = match[1] ?? ""
    if (found.has(name) || !namesSecret(name)) continue
    const node = root.descendantForIndex(match.index)
    if (node && !/comment|string|content|fragment/.test(node.type))
      found.set(name, { name, line: lineOf(node) })
  }
  return [...found.values()]
}

/** Answers the literal texts of a file that could be secrets: long, and in one word. */
export function findTexts(module: SourceModule): readonly FoundText[] {
  return module
    .nodes(module.grammar.texts)
    .slice(0, MOST)
    .flatMap((node) => {
      const length = node.endIndex - node.startIndex
      if (length < SHORTEST || length > LONGEST) return []
      const value = module.value(node)
      if (value.kind !== "text" || /\s/.test(value.text.trim())) return []
      return [{ name: nameBeside(node), text: value.text, line: lineOf(node) }]
    })
}

const NAMES = ["name", "key", "left"]

function nameBeside(node: Node): string | null {
  for (let around = node.parent, steps = 0; around && steps < 3; around = around.parent, steps++) {
    const name = NAMES.map((field) => around.childForFieldName(field)).find(
      (found) => found && found.id !== node.id,
    )
    if (name && name.startIndex < node.startIndex)
      return name.text.replaceAll(/^["'`]|["'`]$/g, "").slice(-128)
  }
  return null
}
