import { isNode, LineCounter, parseAllDocuments, parseDocument, type Document as YamlDocument } from "yaml"
import { type Document, MalformedDocument } from "./document.ts"

/** No client's configuration is near it, and the time a parser takes grows with what it is given. */
const LONGEST = 1024 * 1024
/** An alias stands for what it names: a few lines of them can mean gigabytes. */
const MOST_ALIASES = 100
/** Generated manifests hold some hundred resources in one file. */
const MOST_DOCUMENTS = 1_000
/** A stranger's text is taken as it is: nothing is constructed, nothing of it is quoted. */
const AS_IT_IS = {
  // The parser's pretty errors quote the line, and with it any secret that stands there.
  prettyErrors: false,
  logLevel: "silent",
  schema: "core",
  resolveKnownTags: false,
  stringKeys: false,
  uniqueKeys: false,
  // `<<: *shared` is how people write the same settings once.
  merge: true,
} as const

/** Reads YAML without tags of its own; refuses what is deeper than `nesting` or unfolds to more than it says. */
export function parseYaml(text: string, nesting: number): Document {
  refuseUnbounded(text, nesting)
  const lines = new LineCounter()
  return documentOf(
    parsed(() => parseDocument(text, { ...AS_IT_IS, lineCounter: lines })),
    lines,
  )
}

/** Reads each document of a YAML file that may hold many; refuses what parseYaml refuses. */
export function parseYamlDocuments(text: string, nesting: number): readonly Document[] {
  refuseUnbounded(text, nesting)
  if ((text.match(/^---/gm)?.length ?? 0) > MOST_DOCUMENTS)
    throw new MalformedDocument(`it holds more than ${MOST_DOCUMENTS} documents`)
  const lines = new LineCounter()
  const documents = parsed(() => parseAllDocuments(text, { ...AS_IT_IS, lineCounter: lines }))
  return Array.isArray(documents) ? documents.map((document) => documentOf(document, lines)) : []
}

function refuseUnbounded(text: string, nesting: number): void {
  if (text.length > LONGEST) throw new MalformedDocument(`it is YAML of more than ${LONGEST} characters`)
  refuseDeepYaml(text, nesting)
}

function documentOf(document: YamlDocument, lines: LineCounter): Document {
  const [first] = document.errors
  if (first) throw new MalformedDocument(`it is not YAML: ${first.code}`)
  return {
    value: unfolded(document),
    lineOf: (path) => {
      const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true)
      const start = isNode(node) ? node.range?.[0] : undefined
      return start === undefined ? null : lines.linePos(start).line
    },
  }
}

function parsed<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse()
  } catch {
    throw new MalformedDocument("it is not YAML that can be read")
  }
}

function unfolded(document: YamlDocument): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
    return value
  } catch {
    throw new MalformedDocument(`it is YAML that unfolds to more than ${MOST_ALIASES} aliases mean`)
  }
}

/** Counts what opens a level before a recursive parser meets it: brackets, dashes and ever deeper lines. */
function refuseDeepYaml(text: string, nesting: number): void {
  if (deepestFlow(text) > nesting || deepestBlock(text) > nesting)
    throw new MalformedDocument(`it is nested deeper than ${nesting}`)
}

function deepestFlow(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1)
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** Each level of a block is at least one more blank, dash or question mark at the start of its line. */
function deepestBlock(text: string): number {
  const open: number[] = []
  let deepest = 0
  for (const [, lead = ""] of text.matchAll(/^((?:[ ]|[-?:][ ])*)\S/gm)) {
    while (open.length > 0 && (open.at(-1) ?? 0) >= lead.length) open.pop()
    open.push(lead.length)
    const dashes = lead.length - lead.replaceAll(/[-?:]/g, "").length
    deepest = Math.max(deepest, open.length + dashes)
  }
  return deepest
}
