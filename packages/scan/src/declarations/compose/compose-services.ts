import type { Path } from "../../documents/document.ts"
import { asFields, asText, asTexts, type Fields, field } from "../../documents/fields.ts"
import { splitCommandLine } from "../../launch/split-command-line.ts"
import { mapAt } from "../graph-nodes.ts"

/** A service of a compose file. */
export interface ComposeService {
  readonly name: string
  readonly path: Path
  readonly fields: Fields
  readonly image: string
  /** The words it is started with, beyond what its image says. */
  readonly command: readonly string[]
  /** Variables that it is given, by name. */
  readonly environment: Fields
  /** The services that it waits for. */
  readonly needs: readonly string[]
  /** Whether it is given a model that compose runs. */
  readonly hasModel: boolean
}

/** Answers the services of a compose file; one that is off by its scale runs nothing. */
export function composeServices(root: Fields): readonly ComposeService[] {
  return Object.entries(mapAt(root, "services") ?? {}).flatMap(([name, value]) => {
    const fields = asFields(value)
    return fields && field(fields, "scale") !== 0 ? [serviceOf(name, fields)] : []
  })
}

function serviceOf(name: string, fields: Fields): ComposeService {
  return {
    name,
    path: ["services", name],
    fields,
    image: asText(field(fields, "image")) ?? "",
    command: wordsOf(field(fields, "command")),
    environment: variablesOf(field(fields, "environment")),
    needs: namesIn(field(fields, "depends_on")),
    hasModel: namesIn(field(fields, "models")).length > 0,
  }
}

function wordsOf(value: unknown): readonly string[] {
  return typeof value === "string" ? splitCommandLine(value) : asTexts(value)
}

function namesIn(value: unknown): readonly string[] {
  const fields = asFields(value)
  return fields ? Object.keys(fields) : asTexts(value)
}

/** Variables are a map, or a list of `NAME=value`. */
function variablesOf(value: unknown): Fields {
  const fields = asFields(value)
  if (fields) return fields
  const pairs = asTexts(value).map((text): readonly [string, string] => {
    const at = text.indexOf("=")
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}
