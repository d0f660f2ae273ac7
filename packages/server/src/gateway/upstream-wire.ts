import type { JsonObject } from "@tabard/core"

/** What comes up from an upstream. */
export interface WireEvents {
  message(message: JsonObject): void
  /** Said once, after which nothing more comes. */
  closed(why: string): void
}

/** One line of JSON on its way to an upstream. */
export interface WireMessage {
  readonly text: string
  /** The method, for the headers of a revision that wants it there. */
  readonly method: string | null
  /** The tool that is called, likewise. */
  readonly tool: string | null
  /** The id that is answered in reply; only that answer is taken from an HTTP reply. */
  readonly answers: string | null
}

/** A way to an upstream: pipes of a child process, or HTTP. */
export interface UpstreamWire {
  /** Sends one message. @throws {UpstreamFault} that says whether it may have arrived. */
  send(message: WireMessage, signal: AbortSignal): Promise<void>
  /** Whether a reply has been heard in full once `send` resolves: so over HTTP, not over pipes. */
  readonly answersInReply: boolean
  /** Tells the wire which revision was agreed on, for its headers. */
  agreed(revision: string): void
  close(): Promise<void>
}

/** Opens a wire that tells `events` what it hears. */
export type OpenWire = (events: WireEvents) => Promise<UpstreamWire>
