import { isJsonObject, type Json, type JsonObject, MalformedJson, writeLossless } from "@tabard/core"
import { definitionDigest } from "@tabard/intent"
import type { UpstreamConnection } from "./upstream-connection.ts"
import { UpstreamFault } from "./upstream-fault.ts"

/** A tool as an upstream defines it now. */
export interface UpstreamTool {
  readonly name: string
  readonly definition: JsonObject
  readonly digest: string
}

const MAX_TOOLS = 1_000
const MAX_PAGES = 100
const MAX_NAME = 256
/** Of all definitions together, as JSON text. */
const MAX_DEFINITIONS = 1024 * 1024

/**
 * Reads all tool definitions of an upstream, page by page, and no more than a person could ever review.
 *
 * @throws {UpstreamFault} where there are too many, or two of one name.
 */
export async function readToolDefinitions(
  connection: UpstreamConnection,
  withinMs: number,
): Promise<readonly UpstreamTool[]> {
  const patience = { signal: AbortSignal.timeout(withinMs), idleMs: withinMs }
  const tools = new Map<string, UpstreamTool>()
  let size = 0
  let cursor: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const read = await readPage(connection, cursor, patience)
    for (const definition of read.definitions) {
      size += writeLossless(definition).length
      add(tools, definition, size)
    }
    cursor = read.next
    if (cursor === undefined) return [...tools.values()]
  }
  throw new UpstreamFault(`it lists its tools on more than ${MAX_PAGES} pages`, false)
}

async function readPage(
  connection: UpstreamConnection,
  cursor: string | undefined,
  patience: { signal: AbortSignal; idleMs: number },
): Promise<{ definitions: readonly Json[]; next: string | undefined }> {
  const params: JsonObject = cursor === undefined ? {} : { cursor }
  const reply = await connection.request({ method: "tools/list", params, ...patience })
  if (reply.kind === "error") throw new UpstreamFault(`it does not list its tools: ${reply.message}`, false)
  const { tools, nextCursor } = reply.result
  if (!Array.isArray(tools)) throw new UpstreamFault("its list of tools is no list", false)
  return { definitions: tools, next: typeof nextCursor === "string" ? nextCursor : undefined }
}

function add(tools: Map<string, UpstreamTool>, definition: Json, size: number): void {
  if (size > MAX_DEFINITIONS)
    throw new UpstreamFault(`its tools take more than ${MAX_DEFINITIONS} bytes`, false)
  const name = isJsonObject(definition) ? definition["name"] : undefined
  if (!isJsonObject(definition) || typeof name !== "string" || name === "" || name.length > MAX_NAME) {
    throw new UpstreamFault("it defines a tool without a usable name", false)
  }
  if (tools.has(name)) throw new UpstreamFault(`it defines the tool ${name} twice`, false)
  if (tools.size >= MAX_TOOLS) throw new UpstreamFault(`it defines more than ${MAX_TOOLS} tools`, false)
  tools.set(name, { name, definition, digest: digestOf(definition) })
}

/** A NUL as JSON spells it: no column of PostgreSQL holds one. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/

/** What has no one spelling has no digest, and what cannot be kept was reviewed by nobody. */
function digestOf(definition: JsonObject): string {
  const unkeepable = "it defines a tool with a character that cannot be kept"
  if (NUL.test(writeLossless(definition))) throw new UpstreamFault(unkeepable, false)
  try {
    return definitionDigest(definition)
  } catch (cause) {
    if (!(cause instanceof MalformedJson)) throw cause
    throw new UpstreamFault(unkeepable, false)
  }
}
