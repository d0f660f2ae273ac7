import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser"
import { parse as parseTomlText, TomlError } from "smol-toml"
import { type Document, MalformedDocument, type Path } from "./document.ts"
import { json5AsJson } from "./json5-text.ts"
import { parseYaml } from "./parse-yaml.ts"

/** How a configuration is written down. */
export type Format = "json" | "json5" | "toml" | "yaml"

/** Reads JSON as people write it (comments, trailing commas, a byte order mark), TOML or YAML; refuses what no client could read. */
export function parseDocument(text: string, format: Format, nesting: number): Document {
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text
  return PARSERS[format](source, nesting)
}

const PARSERS: Readonly<Record<Format, (text: string, nesting: number) => Document>> = {
  json: parseJson,
  json5: (text, nesting) => parseJson(json5AsJson(text), nesting),
  toml: parseToml,
  yaml: parseYaml,
}

function parseJson(text: string, nesting: number): Document {
  refuseUnboundedJson(text, nesting)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const lines = lineStarts(text)
  const nodeAt = nodeFinder(root)
  const [first] = errors
  if (first) {
    const line = lineAt(lines, first.offset)
    throw new MalformedDocument(
      `it is not JSON: ${inWords(printParseErrorCode(first.error))} in line ${line}`,
    )
  }
  return {
    value: root ? (getNodeValue(root) as unknown) : undefined,
    lineOf: (path) => lineOfNode(nodeAt(path), lines),
  }
}

/** Answers the function that finds the node at a path. What an object holds is looked through once, not at each question. */
function nodeFinder(root: Node | undefined): (path: Path) => Node | undefined {
  const named = new Map<Node, ReadonlyMap<unknown, Node>>()
  const inside = (node: Node, step: string | number): Node | undefined => {
    if (node.type !== "object") return node.type === "array" ? node.children?.[Number(step)] : undefined
    const members = named.get(node) ?? membersOf(node)
    named.set(node, members)
    return members.get(String(step))
  }
  return (path) => path.reduce<Node | undefined>((node, step) => node && inside(node, step), root)
}

/** Of a name that stands twice the first is told, as editors do. */
function membersOf({ children = [] }: Node): ReadonlyMap<unknown, Node> {
  const members = new Map<unknown, Node>()
  for (const { children: [name, value] = [] } of children)
    if (name && value && !members.has(name.value)) members.set(name.value, value)
  return members
}

/** The parser names what is wrong as `CloseBraceExpected`. */
function inWords(code: string): string {
  return code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}

function lineOfNode(node: Node | undefined, lines: readonly number[]): number | null {
  return node ? lineAt(lines, node.offset) : null
}

/** Texts and comments, whose marks do not count, and the brackets and commas that do. */
const MARKS = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[[\]{},]/g
/** Far more than any client writes; each takes a hundred times its byte in memory. */
const MOST_PARTS = 250_000
/** People write TOML by hand; its parser takes what it may. */
const LONGEST_TOML = 1024 * 1024

/** Counts brackets before a recursive parser meets them, and parts before they fill the memory. */
function refuseUnboundedJson(text: string, nesting: number): void {
  let depth = 0
  let parts = 0
  for (const [token] of text.matchAll(MARKS)) {
    if (token === "{" || token === "[") depth++
    else if (token === "}" || token === "]") depth--
    else if (token === ",") parts++
    if (depth > nesting) throw new MalformedDocument(`it is nested deeper than ${nesting}`)
    if (parts > MOST_PARTS) throw new MalformedDocument(`it has more than ${MOST_PARTS} parts`)
  }
}

function parseToml(text: string, nesting: number): Document {
  if (text.length > LONGEST_TOML)
    throw new MalformedDocument(`it is TOML of more than ${LONGEST_TOML} characters`)
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
