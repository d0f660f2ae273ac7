import { isJsonObject, type JsonObject, parseLossless } from "@tabard/core"
import { sendRequest } from "../http/send-request.ts"
import { type TargetRules, targetMistake } from "../notifications/guard-address.ts"

/** Keys that could not be had, in words for whoever set the rule up. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable"
}

/** How long an issuer has to answer, and how much of it is read. */
const LIMITS = { timeMs: 5000, mostAnswer: 256 * 1024 }

/**
 * Fetches a document of an issuer: where the operator lets this server lead, without following anybody further, within
 * bounds of time and size.
 *
 * @throws {KeysUnavailable}
 */
export async function fetchDocument(rules: TargetRules, url: string): Promise<JsonObject> {
  const mistake = targetMistake(rules, url)
  if (mistake) throw new KeysUnavailable(`Its address cannot be asked: ${mistake}.`)
  const request = { method: "GET", url, headers: { accept: "application/json" }, body: "" } as const
  const answer = await sendRequest(rules, request, LIMITS)
  if (answer.kind === "failed") throw new KeysUnavailable(`Its keys cannot be had: ${answer.said}.`)
  if (answer.status !== 200)
    throw new KeysUnavailable(
      `Its keys cannot be had: it answers ${answer.status}, and no redirect is followed.`,
    )
  if (!answer.whole) throw new KeysUnavailable("Its keys cannot be had: the document is too large.")
  return parseDocument(answer.body)
}

function parseDocument(text: string): JsonObject {
  try {
    const document = parseLossless(text)
    if (isJsonObject(document)) return document
  } catch (cause) {
    throw new KeysUnavailable("Its keys cannot be had: what it answers is no JSON.", { cause })
  }
  throw new KeysUnavailable("Its keys cannot be had: what it answers is no object.")
}
