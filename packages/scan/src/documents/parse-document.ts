import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser"
import { parse as parseTomlText, TomlError } from "smol-toml"
import { type Document, MalformedDocument } from "./document.ts"
import { parseYaml } from "./parse-yaml.ts"

/** How a configuration is written down. */
export type Format = "json" | "toml" | "yaml"

/** Reads JSON as people write it (comments, trailing commas, a byte order mark), TOML or YAML; refuses what no client could read. */
export function parseDocument(text: string, format: Format, nesting: number): Document {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text
  return PARSERS[format](source, nesting)
}

const PARSERS: Readonly<Record<Format, (text: string, nesting: number) => Document>> = {
  json: parseJson,
  toml: parseToml,
  yaml: parseYaml,
}

function parseJson(text: string, nesting: number): Document {
  refuseDeepJson(text, nesting)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const lines = lineStarts(text)
  const [first] = errors
  if (first) {
    const line = lineAt(lines, first.offset)
    throw new MalformedDocument(`it is not JSON: ${printParseErrorCode(first.error)} in line ${line}`)
  }
  return {
    value: root ? (getNodeValue(root) as unknown) : undefined,
    lineOf: (path) => lineOfNode(root && findNodeAtLocation(root, [...path]), lines),
  }
}

function lineOfNode(node: Node | undefined, lines: readonly number[]): number | null {
  return node ? lineAt(lines, node.offset) : null
}

/** Texts and comments, whose brackets do not count, and the brackets that do. */
const BRACKETS = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[[\]{}]/g

/** Counts brackets before a recursive parser meets them. */
function refuseDeepJson(text: string, nesting: number): void {
  let depth = 0
  for (const [token] of text.matchAll(BRACKETS)) {
    if (token === "{" || token === "[") depth++
    else if (token === "}" || token === "]") depth--
    if (depth > nesting) throw new MalformedDocument(`it is nested deeper than ${nesting}`)
  }
}

function parseToml(text: string, nesting: number): Document {
  try {
    return {
      value: parseTomlText(text, { maxDepth: nesting, integersAsBigInt: "asNeeded" }),
      lineOf: () => null,
    }
  } catch (error) {
    // The parser's own message shows the lines around the mistake, and with them any secret that stands there.
    const where = error instanceof TomlError ? ` in line ${error.line}` : ""
    throw new MalformedDocument(`it is not TOML: a mistake${where}`)
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1)
  return starts
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}
