import type { Writable } from "node:stream"
import { isJsonObject, type JsonObject, parseLossless } from "@tabard/core"
import { lineReader } from "./read-lines.ts"
import type { SandboxedProcess } from "./stdio-sandbox.ts"
import { UpstreamFault } from "./upstream-fault.ts"
import type { OpenWire, UpstreamWire, WireEvents } from "./upstream-wire.ts"

/** A wire over the pipes of a child process: one message a line, written by us and not by a library that rounds numbers. */
export function stdioWire(start: () => Promise<SandboxedProcess>, maxBytes: number): OpenWire {
  return async (events) => {
    const process = await start()
    const { stdin, stdout } = process.child
    if (!stdin || !stdout) throw new UpstreamFault("it was started without pipes", false)
    const state = { closed: false }
    const close = closeOnce(process, events, state)
    const read = lineReader(maxBytes, (line) => hear(line, events, close))

    stdout.on("data", (chunk: Buffer) => {
      if (!state.closed && !read(chunk)) close(`it wrote a message of more than ${maxBytes} bytes`)
    })
    stdin.on("error", () => close("it stopped reading"))
    process.child.once("exit", () => close("it ended"))
    return wire(stdin, process, state)
  }
}

function wire(stdin: Writable, process: SandboxedProcess, state: { closed: boolean }): UpstreamWire {
  return {
    answersInReply: false,
    async send({ text }) {
      if (state.closed) throw new UpstreamFault("it has ended", false)
      stdin.write(`${onOneLine(text)}\n`)
    },
    agreed() {
      // The revision stands in the messages themselves.
    },
    async close() {
      state.closed = true
      await process.end()
    },
  }
}

/** What some readers take for the end of a line, and JSON does not (NEL, and the separators of lines and paragraphs). */
const OTHER_ENDS = /[\u0085\u2028\u2029]/g

/** Spells the ends of lines that may stand in a text, so that no reader takes one message for two. */
function onOneLine(text: string): string {
  return text.replaceAll(OTHER_ENDS, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`)
}

function closeOnce(
  process: SandboxedProcess,
  events: WireEvents,
  state: { closed: boolean },
): (why: string) => void {
  return (why) => {
    if (state.closed) return
    state.closed = true
    events.closed(why)
    void process.end()
  }
}

/** Lines that are no object are chatter, as some servers print; what looks like a message and is none ends the wire. */
function hear(line: string, events: WireEvents, close: (why: string) => void): void {
  if (!line.startsWith("{")) return
  const message = readMessage(line)
  if (message) events.message(message)
  else close("it wrote something that is not one JSON message")
}

function readMessage(line: string): JsonObject | undefined {
  try {
    const message = parseLossless(line)
    return isJsonObject(message) ? message : undefined
  } catch {
    return undefined
  }
}
