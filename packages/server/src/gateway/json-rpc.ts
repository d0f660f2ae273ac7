// JSON-RPC 2.0 as MCP uses it: https://www.jsonrpc.org/specification
import {
  type EffectClass,
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  LosslessNumber,
  MalformedJson,
  parseLossless,
  writeLossless,
} from "@tabard/core"
import { RPC_ERROR } from "./protocol.ts"

/** An id as its sender spelt it: a number keeps its digits. */
export type RpcId = string | LosslessNumber

/** A request that wants an answer. */
export interface RpcRequest {
  readonly kind: "request"
  readonly id: RpcId
  readonly method: string
  readonly params: JsonObject
}

/** Something that is only said. */
export interface RpcNotification {
  readonly kind: "notification"
  readonly method: string
  readonly params: JsonObject
}

/** What a request comes to. */
export type RpcOutcome =
  | {
      readonly kind: "result"
      readonly result: JsonObject
      /** What the client's person would have to be asked for before it could be otherwise. */
      readonly stepUp?: readonly EffectClass[]
    }
  | { readonly kind: "error"; readonly code: number; readonly message: string; readonly data?: JsonObject }

/** A message that is refused before it is acted on, with the status that HTTP says it with. */
export class RpcRefusal extends Error {
  override readonly name = "RpcRefusal"
  readonly code: number
  readonly status: number
  readonly data: JsonObject | undefined

  constructor(code: number, message: string, more: { status?: number; data?: JsonObject } = {}) {
    super(message)
    this.code = code
    this.status = more.status ?? 400
    this.data = more.data
  }
}

const MAX_ID = 256
const MAX_METHOD = 128

/** Reads one message: a single request or notification, and nothing that two readers could read differently. @throws {RpcRefusal} */
export function readRpc(text: string): RpcRequest | RpcNotification {
  const message = readJson(text)
  if (Array.isArray(message))
    throw new RpcRefusal(RPC_ERROR.invalidRequest, "send one message at a time, not a batch")
  if (!isJsonObject(message) || message["jsonrpc"] !== "2.0") {
    throw new RpcRefusal(RPC_ERROR.invalidRequest, "it is not a JSON-RPC 2.0 message")
  }
  const { id, method, params = {} } = message
  if (typeof method !== "string" || method.length > MAX_METHOD) {
    throw new RpcRefusal(RPC_ERROR.invalidRequest, "it names no method; answers are not expected here")
  }
  if (!isJsonObject(params)) throw new RpcRefusal(RPC_ERROR.invalidRequest, "params must be an object")
  return id === undefined
    ? { kind: "notification", method, params }
    : { kind: "request", id: readId(id), method, params }
}

/** Half a character as JSON spells it; in what is written anew, a whole one is never spelt so. */
const HALF = /\\u[dD][89a-fA-F]/
const ALONE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/

function readJson(text: string): Json {
  try {
    const value = parseLossless(text)
    // No event can spell it, and so nothing with it could be decided on the record.
    if (HALF.test(text) && ALONE.test(writeLossless(value)))
      throw new RpcRefusal(RPC_ERROR.invalidRequest, "a text in it holds half a character (RFC 8259 §8.2)")
    return value
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    throw new RpcRefusal(RPC_ERROR.parse, `the body cannot be read: ${error.message}`)
  }
}

function readId(id: Json): RpcId {
  if (typeof id === "string" && id.length <= MAX_ID) return id
  if (isLosslessNumber(id) && /^-?\d+$/.test(id.value) && id.value.length <= MAX_ID) return id
  throw new RpcRefusal(
    RPC_ERROR.invalidRequest,
    `the id must be a string or an integer of at most ${MAX_ID} characters`,
  )
}

/** Writes the answer to a request, under the id that it came with. */
export function writeOutcome(id: RpcId | null, outcome: RpcOutcome): string {
  if (outcome.kind === "result") return writeLossless({ jsonrpc: "2.0", id, result: outcome.result })
  const { code, message, data } = outcome
  const error: JsonObject = { code: new LosslessNumber(String(code)), message, data }
  return writeLossless({ jsonrpc: "2.0", id, error })
}

/** Writes a notification. */
export function writeNotification(method: string, params: JsonObject): string {
  return writeLossless({ jsonrpc: "2.0", method, params })
}
