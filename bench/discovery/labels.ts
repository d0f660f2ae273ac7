/** An MCP server that a label expects. */
export interface ExpectedServer {
  /** Null where the configuration gives it none. */
  readonly name: string | null
  readonly commandOrUrl: string
}

/** What a person found in one item of a corpus. */
export interface Label {
  readonly id: string
  /** The item's file, beneath the folder of the corpus. */
  readonly path: string
  /** All files of the item, its own among them. */
  readonly files: readonly string[]
  /** The folder of the item alone: its path without the one that the file had where it comes from. */
  readonly folder: string | null
  readonly category: string
  /** The client or framework of each agent. */
  readonly agents: readonly string[]
  readonly servers: readonly ExpectedServer[]
  readonly holdsSecret: boolean
  /** The level that is set, or `not_stated`. */
  readonly autonomy: string
}

/** Reads labels, one JSON object a line; an empty line is none. Throws with the line's number where one is not a label. */
export function parseLabels(text: string): readonly Label[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return []
    const label = labelOf(fieldsOf(jsonOf(line)))
    if (!label)
      throw new Error(`line ${index + 1} is not a label: it needs an id, a path and what is expected`)
    return [label]
  })
}

type Fields = ReadonlyMap<string, unknown>

function labelOf(fields: Fields): Label | undefined {
  const [id, path] = [textOf(fields.get("id")), textOf(fields.get("path"))]
  const expected = fieldsOf(fields.get("expected"))
  if (!id || !path || expected.size === 0) return undefined
  return {
    id,
    path,
    files: [...new Set([path, ...textsOf(fields.get("files"))])],
    folder: folderOf(path, textOf(fields.get("source_path"))),
    category: textOf(fields.get("category")) ?? "without category",
    agents: listOf(expected.get("agents")).map(kindOf),
    servers: listOf(expected.get("mcp_servers")).map(serverOf),
    holdsSecret: expected.get("secrets_present") === true,
    autonomy: textOf(fieldsOf(expected.get("autonomy")).get("level")) ?? "not_stated",
  }
}

function folderOf(path: string, source: string | undefined): string | null {
  return source && path.endsWith(`/${source}`) ? path.slice(0, -source.length - 1) : null
}

function kindOf(agent: Fields): string {
  return textOf(agent.get("client")) ?? textOf(agent.get("framework")) ?? "unknown"
}

function serverOf(server: Fields): ExpectedServer {
  return {
    name: textOf(server.get("name")) ?? null,
    commandOrUrl: textOf(server.get("command_or_url")) ?? "",
  }
}

function jsonOf(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return value
  } catch {
    return undefined
  }
}

function fieldsOf(value: unknown): Fields {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : [])
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : []
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
