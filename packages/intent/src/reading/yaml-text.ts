import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
} from "yaml"
import type { ManifestFault, ManifestPath, ManifestProblem } from "./manifest-problem.ts"

/** A text whose YAML was taken apart. */
export interface YamlText {
  /** What it says; undefined where the YAML itself is at fault. */
  readonly value: unknown
  readonly problems: readonly ManifestProblem[]
  /** Answers a fault with its place: that of the nearest thing that the text holds on its path. */
  place(fault: ManifestFault): ManifestProblem
}

/** Reads YAML of one spelling: no aliases, no tags, no doubled keys, and every key a text. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: "core",
    uniqueKeys: true,
    strict: true,
    lineCounter: lines,
    prettyErrors: false,
  })
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const misread = document.errors.map(({ message, pos }) => ({ ...misreadWords(message), ...at(pos[0]) }))
  const odd =
    misread.length > 0 ? [] : oddities(document).map(({ offset, ...words }) => ({ ...words, ...at(offset) }))
  const problems = [...misread, ...odd].map((each) => ({ path: [], ...each }))
  return {
    value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 }),
    problems,
    place: (fault) => ({ ...fault, ...at(offsetOf(document, fault.path)) }),
  }
}

interface Words {
  readonly message: string
  readonly next: string
}

function misreadWords(message: string): Words {
  const deep = message.startsWith("Maximum call stack")
  return deep
    ? { message: "it is nested too deeply to be read", next: "write it flat, as the examples are" }
    : { message: `it is no YAML: ${message.split("\n")[0] ?? ""}`, next: "correct it here" }
}

/** What YAML allows and a manifest does not: a bound is read once, as it stands, and under its own name. */
function oddities(document: Document): (Words & { offset: number })[] {
  const found: (Words & { offset: number })[] = []
  visit(document, {
    Node(_, node) {
      const offset = node.range?.[0] ?? 0
      if (isAlias(node)) {
        found.push({ offset, message: "it uses aliases", next: "write each value where it stands" })
      } else if (node.tag !== undefined) {
        found.push({ offset, message: `the tag ${node.tag} is not read`, next: "leave it out" })
      }
    },
    Pair(_, pair) {
      const offset = offsetOfKey(pair)
      if (!isScalar(pair.key) || typeof pair.key.value !== "string")
        found.push({ offset, message: "this name is no text", next: "write it in quotes" })
      else if (pair.key.value === "__proto__")
        found.push({ offset, message: "__proto__ is no name here", next: "leave it out" })
    },
  })
  return found
}

function offsetOf(document: Document, path: ManifestPath): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const step of path) {
    const child = childOf(node, step)
    if (child === undefined) break
    offset = child.offset
    node = child.value
  }
  return offset
}

function childOf(node: unknown, step: string | number): { value: unknown; offset: number } | undefined {
  if (isSeq(node)) {
    const item: unknown = node.items[Number(step)]
    return item === undefined ? undefined : { value: item, offset: startOf(item) }
  }
  if (!isMap(node)) return undefined
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step)
  return pair && { value: pair.value, offset: offsetOfKey(pair) }
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

function offsetOfKey({ key }: Pair): number {
  return isNode(key) ? startOf(key) : 0
}
