import { type Json, type JsonObject, LosslessNumber, writeLossless } from "@tabard/core"
import { PendingRequests } from "./pending-requests.ts"
import { META, MODERN_REVISION, RPC_ERROR } from "./protocol.ts"
import { UpstreamFault, UpstreamSessionEnded } from "./upstream-fault.ts"
import type { UpstreamLimits } from "./upstream-limits.ts"
import { type Progress, readUpstreamMessage, type UpstreamReply } from "./upstream-message.ts"
import type { OpenWire, UpstreamWire } from "./upstream-wire.ts"

/** One request to an upstream. */
export interface UpstreamRequest {
  readonly method: string
  readonly params: JsonObject
  readonly signal: AbortSignal
  readonly progressed?: (progress: Progress) => void
  /** The longest silence, where it is not that of a call: a server that only starts has nothing to say yet. */
  readonly idleMs?: number
}

/** How the gateway calls itself towards upstreams. */
export const CLIENT_INFO: JsonObject = { name: "tabard-gateway", version: "0.1.0" }

const NEVER = new AbortController().signal

/**
 * One conversation with an upstream. Ids are ours, so that two agents' calls cannot be mistaken for each other, and
 * what the upstream asks by itself is refused here: it never reaches an agent.
 */
export class UpstreamConnection {
  readonly #pending: PendingRequests
  readonly #limits: UpstreamLimits
  #wire: UpstreamWire | undefined
  #lastId = 0
  #unsolicited = 0
  #revision: string | undefined
  #closed: string | undefined
  /** Called whenever the upstream says that its tools are others now. */
  toolsChanged: () => void = () => undefined

  private constructor(limits: UpstreamLimits) {
    this.#limits = limits
    this.#pending = new PendingRequests(limits)
  }

  /** Opens a wire; the handshake is the caller's. @throws {UpstreamFault} */
  static async open(openWire: OpenWire, limits: UpstreamLimits): Promise<UpstreamConnection> {
    const connection = new UpstreamConnection(limits)
    connection.#wire = await openWire({
      message: (message) => connection.#hear(message),
      closed: (why) => connection.#end(why),
    })
    return connection
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  get revision(): string | undefined {
    return this.#revision
  }

  /** From here on every message is of this revision. */
  speak(revision: string): void {
    this.#revision = revision
    this.#wire?.agreed(revision)
  }

  /** Sends a request and waits for its reply. @throws {UpstreamFault} */
  async request(request: UpstreamRequest): Promise<UpstreamReply> {
    const { method, params, signal, progressed, idleMs = this.#limits.idleMs } = request
    const wire = this.#ready()
    if (signal.aborted) throw new UpstreamFault("the call was cancelled", false)
    const id = String(++this.#lastId)
    const waiting = this.#pending.expect(id, idleMs, progressed ?? (() => undefined))
    const text = writeLossless({
      jsonrpc: "2.0",
      id: new LosslessNumber(id),
      method,
      params: this.#enveloped(params, progressed ? id : undefined),
    })
    const given = new AbortController()
    const cancel = (): void => waiting.fail(new UpstreamFault("the call was cancelled", true))
    signal.addEventListener("abort", cancel, { once: true })
    wire.send({ text, method, tool: toolName(method, params), answers: id }, given.signal).then(
      () => this.#unansweredOverHttp(waiting.fail),
      (error: unknown) => {
        waiting.fail(asFault(error))
        if (error instanceof UpstreamSessionEnded) this.#end(error.message)
      },
    )
    try {
      return await waiting.reply
    } catch (error) {
      if (error instanceof UpstreamFault && error.sent) this.#giveUp(id)
      throw error
    } finally {
      signal.removeEventListener("abort", cancel)
      given.abort()
    }
  }

  /** Says something that wants no answer; what cannot be said is dropped. */
  notify(method: string, params?: JsonObject): void {
    this.#say({ jsonrpc: "2.0", method, params }, method)
  }

  /** Ends the conversation, and every call that waits in it. */
  async close(why = "it was closed"): Promise<void> {
    this.#end(why)
    await this.#wire?.close()
  }

  #ready(): UpstreamWire {
    if (this.#closed !== undefined || !this.#wire) {
      throw new UpstreamFault(this.#closed ?? "it is not open", false)
    }
    if (this.#pending.size >= this.#limits.runningCalls) {
      throw new UpstreamFault("it runs as many calls as it may; try again in a moment", false)
    }
    return this.#wire
  }

  #hear(message: JsonObject): void {
    if (this.#closed !== undefined) return
    const heard = readUpstreamMessage(message)
    switch (heard.kind) {
      case "reply":
        return this.#count(this.#pending.settle(heard.id, heard.reply))
      case "progress":
        return this.#count(this.#pending.progress(heard.id, heard.progress))
      case "request":
        this.#refuse(heard.id)
        return this.#count(false)
      case "tools-changed":
        this.toolsChanged()
        return this.#count(false)
      case "other":
        return this.#count(false)
    }
  }

  /** A flood of messages that nobody asked for ends the conversation. */
  #count(awaited: boolean): void {
    this.#unsolicited = awaited ? 0 : this.#unsolicited + 1
    if (this.#unsolicited > this.#limits.unsolicited) void this.close("it sent a flood of messages")
  }

  /** Sampling, elicitation, roots: a server behind the gateway asks nothing of agents. */
  #refuse(id: Json): void {
    const error: JsonObject = { code: RPC_ERROR.methodNotFound, message: "Tabard answers no server requests" }
    this.#say({ jsonrpc: "2.0", id, error }, null)
  }

  #giveUp(id: string): void {
    this.notify("notifications/cancelled", { requestId: new LosslessNumber(id), reason: "given up" })
  }

  #say(message: JsonObject, method: string | null): void {
    if (this.#closed !== undefined) return
    const sent = this.#wire?.send({ text: writeLossless(message), method, tool: null, answers: null }, NEVER)
    sent?.catch(() => undefined)
  }

  /** Over HTTP an answer has come by the time that the reply has been read, or comes no more. */
  #unansweredOverHttp(fail: (fault: UpstreamFault) => void): void {
    if (this.#wire?.answersInReply) fail(new UpstreamFault("it ended its reply without an answer", true))
  }

  #enveloped(params: JsonObject, progressToken: string | undefined): JsonObject {
    const token: JsonObject = progressToken ? { [META.progressToken]: new LosslessNumber(progressToken) } : {}
    const envelope: JsonObject =
      this.#revision === MODERN_REVISION
        ? { [META.revision]: MODERN_REVISION, [META.clientInfo]: CLIENT_INFO, [META.clientCapabilities]: {} }
        : {}
    const meta = { ...envelope, ...token }
    return Object.keys(meta).length === 0 ? params : { ...params, _meta: meta }
  }

  #end(why: string): void {
    if (this.#closed !== undefined) return
    this.#closed = why
    this.#pending.failAll(why)
  }
}

function toolName(method: string, params: JsonObject): string | null {
  return method === "tools/call" && typeof params["name"] === "string" ? params["name"] : null
}

function asFault(error: unknown): UpstreamFault {
  return error instanceof UpstreamFault
    ? error
    : new UpstreamFault("it could not be asked", true, { cause: error })
}
