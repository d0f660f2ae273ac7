import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser"
import { parse as parseTomlText, TomlError } from "smol-toml"

/** The way to a value: names of fields and places in lists. */
export type Path = readonly (string | number)[]

/** A configuration file as a value, and the lines its parts stand on. */
export interface Document {
  readonly value: unknown
  /** Answers the line (from 1) where the value at `path` stands, or null where the format does not tell. */
  lineOf(path: Path): number | null
}

/** A file that is not what its name says. The message quotes nothing of it: it may hold secrets. */
export class MalformedDocument extends Error {
  override readonly name = "MalformedDocument"
}

/** Reads JSON as people write it (comments, trailing commas, a byte order mark) or TOML; refuses what no client could read. */
export function parseDocument(text: string, format: "json" | "toml", nesting: number): Document {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text
  return format === "toml" ? parseToml(source, nesting) : parseJson(source, nesting)
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
