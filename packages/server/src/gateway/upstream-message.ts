import { isJsonObject, isLosslessNumber, type Json, type JsonObject } from "@tabard/core"

/** What an upstream answered to one request. */
export type UpstreamReply =
  | { readonly kind: "result"; readonly result: JsonObject }
  | { readonly kind: "error"; readonly code: number; readonly message: string }

/** How far a running call has come, in the upstream's words. */
export interface Progress {
  readonly progress: number
  readonly total: number | undefined
  readonly message: string | undefined
}

/** One message of an upstream, as far as the gateway cares. */
export type UpstreamMessage =
  | { readonly kind: "reply"; readonly id: string; readonly reply: UpstreamReply }
  | { readonly kind: "progress"; readonly id: string; readonly progress: Progress }
  | { readonly kind: "request"; readonly id: Json }
  | { readonly kind: "tools-changed" }
  | { readonly kind: "other" }

/** Errors and progress are told to agents: in this many characters. */
const MAX_WORDS = 2_000

/** Answers what an upstream's message means to us; what means nothing is `other`, and goes no further. */
export function readUpstreamMessage(message: JsonObject): UpstreamMessage {
  const { id, method } = message
  if (typeof method !== "string") return readReply(message)
  if (id !== undefined) return { kind: "request", id }
  if (method === "notifications/tools/list_changed") return { kind: "tools-changed" }
  return method === "notifications/progress" ? readProgress(message["params"]) : { kind: "other" }
}

function readReply({ id, result, error }: JsonObject): UpstreamMessage {
  if (!isLosslessNumber(id)) return { kind: "other" }
  if (isJsonObject(result) && error === undefined) {
    return { kind: "reply", id: id.value, reply: { kind: "result", result } }
  }
  if (!isJsonObject(error)) return { kind: "other" }
  return { kind: "reply", id: id.value, reply: { kind: "error", ...readError(error) } }
}

function readError({ code, message }: JsonObject): { code: number; message: string } {
  const number = isLosslessNumber(code) ? Number(code.value) : Number.NaN
  return {
    code: Number.isSafeInteger(number) ? number : 0,
    message: typeof message === "string" ? message.slice(0, MAX_WORDS) : "the server said no more",
  }
}

function readProgress(params: Json | undefined): UpstreamMessage {
  if (!isJsonObject(params)) return { kind: "other" }
  const { progressToken: token, progress, total, message } = params
  if (!isLosslessNumber(token) || !isLosslessNumber(progress)) return { kind: "other" }
  return {
    kind: "progress",
    id: token.value,
    progress: {
      progress: Number(progress.value),
      total: isLosslessNumber(total) ? Number(total.value) : undefined,
      message: typeof message === "string" ? message.slice(0, MAX_WORDS) : undefined,
    },
  }
}
