import type { Clock, Id, JsonObject, ToolVersion, Upstream } from "@tabard/core"
import { LiveDefinitions } from "./live-definitions.ts"
import { type OpenUpstreamDeps, openUpstream } from "./open-upstream.ts"
import { readToolDefinitions } from "./read-tool-definitions.ts"
import type { UpstreamConnection } from "./upstream-connection.ts"
import { UpstreamFault } from "./upstream-fault.ts"
import type { Progress, UpstreamReply } from "./upstream-message.ts"

/** A permitted call on its way to an upstream. */
export interface UpstreamCall {
  readonly tool: ToolVersion
  readonly arguments: JsonObject
  readonly signal: AbortSignal
  /** Asked when the upstream is ready: opening it may have taken long enough for the agent to be stopped. */
  readonly stillStands: () => Promise<boolean>
  readonly progressed: (progress: Progress) => void
}

/** What became of a call. `unsent`: it certainly did not run. `lost`: it may have run. */
export type UpstreamAnswer =
  | { readonly kind: "replied"; readonly reply: UpstreamReply }
  | { readonly kind: "tool-changed" }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "unsent"; readonly words: string }
  | { readonly kind: "lost"; readonly words: string }

/** What the pool needs. */
export interface UpstreamPoolDeps extends OpenUpstreamDeps {
  readonly clock: Clock
}

interface Line {
  readonly connection: UpstreamConnection
  readonly definitions: LiveDefinitions
}

interface Entry {
  readonly launch: string
  line: Promise<Line> | undefined
  failures: number
  notBefore: number
}

/**
 * Keeps one conversation with each upstream: opened by the first call, shared by all, opened again after a crash, and
 * not at once. A connection per call would cost more than the call.
 */
export class UpstreamPool implements AsyncDisposable {
  readonly #deps: UpstreamPoolDeps
  readonly #entries = new Map<Id<"server">, Entry>()
  #disposed = false

  constructor(deps: UpstreamPoolDeps) {
    this.#deps = deps
  }

  /** Forwards a call once, if the tool is still defined as it was pinned. */
  async call(upstream: Upstream, call: UpstreamCall): Promise<UpstreamAnswer> {
    try {
      const { connection, definitions } = await unsent(this.#line(upstream))
      const digest = await unsent(definitions.digestOf(call.tool.name))
      if (digest !== call.tool.digest) return { kind: "tool-changed" }
      if (!(await call.stillStands())) return { kind: "withdrawn" }
      const reply = await forward(connection, call)
      this.#entryOf(upstream).failures = 0
      return { kind: "replied", reply }
    } catch (error) {
      if (!(error instanceof UpstreamFault)) throw error
      return { kind: error.sent ? "lost" : "unsent", words: error.message }
    }
  }

  /** Ends the conversation with a server that is registered no longer, or otherwise. */
  async forget(server: Id<"server">): Promise<void> {
    const entry = this.#entries.get(server)
    this.#entries.delete(server)
    await closeEntry(entry)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    await Promise.all([...this.#entries.keys()].map((server) => this.forget(server)))
  }

  async #line(upstream: Upstream): Promise<Line> {
    if (this.#disposed) throw new UpstreamFault("the gateway is stopping", false)
    const entry = this.#entryOf(upstream)
    const opened = entry.line
    const line = await (opened ?? this.#open(entry, upstream))
    if (!line.connection.closed || !opened) return line
    void line.connection.close()
    this.#backOff(entry, opened)
    return entry.line ?? this.#open(entry, upstream)
  }

  #entryOf(upstream: Upstream): Entry {
    const launch = JSON.stringify(upstream.launch)
    const known = this.#entries.get(upstream.id)
    if (known?.launch === launch) return known
    void closeEntry(known)
    const entry: Entry = { launch, line: undefined, failures: 0, notBefore: 0 }
    this.#entries.set(upstream.id, entry)
    return entry
  }

  #open(entry: Entry, upstream: Upstream): Promise<Line> {
    if (this.#deps.clock.now().getTime() < entry.notBefore) {
      throw new UpstreamFault("it failed a moment ago and is not started again yet; try again shortly", false)
    }
    const line = this.#connect(upstream)
    entry.line = line
    line.catch(() => this.#backOff(entry, line))
    return line
  }

  async #connect(upstream: Upstream): Promise<Line> {
    const { clock, limits } = this.#deps
    const connection = await openUpstream(this.#deps, upstream)
    const definitions = new LiveDefinitions(
      () => readToolDefinitions(connection, limits.startMs),
      clock,
      limits.definitionsMs,
    )
    connection.toolsChanged = () => definitions.changed()
    return { connection, definitions }
  }

  /** The first restart is free; each further one without a reply in between waits twice as long. */
  #backOff(entry: Entry, line: Promise<Line>): void {
    if (entry.line !== line) return
    const { clock, limits } = this.#deps
    const pause = entry.failures === 0 ? 0 : limits.backOffMs * 2 ** (entry.failures - 1)
    entry.line = undefined
    entry.failures++
    entry.notBefore = clock.now().getTime() + Math.min(pause, limits.maxBackOffMs)
  }
}

function forward(connection: UpstreamConnection, call: UpstreamCall): Promise<UpstreamReply> {
  return connection.request({
    method: "tools/call",
    params: { name: call.tool.name, arguments: call.arguments },
    signal: call.signal,
    progressed: call.progressed,
  })
}

/** Whatever failed before the call was forwarded, the call itself did not run. */
async function unsent<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof UpstreamFault)) throw error
    throw new UpstreamFault(error.message, false, { cause: error })
  }
}

async function closeEntry(entry: Entry | undefined): Promise<void> {
  const line = await entry?.line?.catch(() => undefined)
  await line?.connection.close()
}
