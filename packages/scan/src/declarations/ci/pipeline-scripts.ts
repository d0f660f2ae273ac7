import type { Path } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"

/** A part of a pipeline that runs commands: its name, what it runs, and what it is given. */
export interface PipelinePart {
  readonly name: string
  readonly script: string
  readonly path: Path
  readonly fields: Fields
}

/** Where pipelines keep commands: as one text, a list of texts, or a list in a list. */
const SCRIPTS = [
  "before_script",
  "script",
  "after_script",
  "bash",
  "pwsh",
  "powershell",
  "run",
  "command",
  "commands",
]
/** Parts of parts that go by the part that holds them. */
const NAMELESS = new Set([
  "steps",
  "jobs",
  "stages",
  "inputs",
  "run",
  "pipelines",
  "default",
  "step",
  "parallel",
])
const DEEPEST = 16
const MOST_PARTS = 20_000

/** Answers every part of a pipeline that runs commands, whichever system's it is. */
export function pipelineParts(root: unknown): readonly PipelinePart[] {
  const parts: PipelinePart[] = []
  const open: Place[] = [{ value: root, path: [], name: "pipeline" }]
  for (let seen = 0; seen < MOST_PARTS; seen++) {
    const place = open.pop()
    if (!place) break
    const fields = asFields(place.value)
    const name = fields ? ownName(fields, place) : place.name
    const script = fields ? scriptOf(fields) : ""
    if (fields && script !== "") parts.push({ name, script, path: place.path, fields })
    if (place.path.length < DEEPEST) open.push(...childrenOf(place, name).toReversed())
  }
  return parts
}

interface Place {
  readonly value: unknown
  readonly path: Path
  /** The name of what holds it. */
  readonly name: string
}

function ownName(fields: Fields, { path, name }: Place): string {
  const said = asText(field(fields, "displayName", "name", "label", "job", "stage"))
  const key = path.at(-1)
  return said ?? (typeof key === "string" && !NAMELESS.has(key) ? key : name)
}

function scriptOf(fields: Fields): string {
  return SCRIPTS.flatMap((key) => linesOf(field(fields, key))).join("\n")
}

function linesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return asTexts(value)
  return value.flatMap((item: unknown) => asTexts(item))
}

function childrenOf({ value, path }: Place, name: string): readonly Place[] {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => ({ value: item, path: [...path, index], name }))
  return Object.entries(asFields(value) ?? {}).map(([key, item]) => ({
    value: item,
    path: [...path, key],
    name,
  }))
}
