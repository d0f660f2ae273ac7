// The stream of https://html.spec.whatwg.org/multipage/server-sent-events.html, read by fetch rather than by EventSource:
// what keeps a connection open is seen, so a dead one is not taken for a quiet one.
import type { Change } from "../data/touched.ts"

/** What is heard of the server. */
export type Heard =
  /** It is there, and nothing changed. */
  | { readonly kind: "beat" }
  | { readonly kind: "change"; readonly id: string | undefined; readonly change: Change }
  /** More changed than is told one by one. */
  | { readonly kind: "reset" }

/** The longest block that is read; ours are a tenth of that. */
const MOST_TEXT = 64 * 1024

/** Reads what the server says, block by block, until it ends. Throws where what it says is no such stream. */
export async function* readChanges(body: ReadableStream<Uint8Array>): AsyncGenerator<Heard> {
  let text = ""
  for await (const piece of pieces(body)) {
    text += piece
    const blocks = text.split("\n\n")
    text = blocks.pop() ?? ""
    if (text.length > MOST_TEXT) throw new Error("the stream of changes has a block without an end")
    for (const block of blocks) yield heardIn(block)
  }
}

async function* pieces(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield decoder.decode(read.value, { stream: true })
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function heardIn(block: string): Heard {
  const fields = new Map(block.split("\n").map(fieldOf))
  const event = fields.get("event")
  if (event === "reset") return { kind: "reset" }
  if (event !== "change") return { kind: "beat" }
  const change = changeOf(fields.get("data"))
  // What cannot be read may have been anything.
  return change ? { kind: "change", id: fields.get("id"), change } : { kind: "reset" }
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(":")
  return colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")]
}

function changeOf(data: string | undefined): Change | undefined {
  const told = parsed(data ?? "")
  if (typeof told !== "object" || told === null || !("type" in told)) return undefined
  const agent = "agent" in told ? told.agent : null
  return typeof told.type === "string"
    ? { type: told.type, agent: typeof agent === "string" ? agent : null }
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
