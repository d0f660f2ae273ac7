import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { SplunkSecrets, SplunkSettings } from "@tabard/api"
import type { CarriedItem, CarryResult, SinkCarrier } from "@tabard/control"
import { type Clock, type JsonObject, writeLossless } from "@tabard/core"
import { z } from "zod"
import type { Answered } from "../../http/send-request.ts"
import { answerJson } from "./answer-json.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { type HttpReceiver, httpReceiver } from "./http-receiver.ts"
import { isSuccess, refusal, retryAfter } from "./refusal.ts"
import { splunkRefusal } from "./splunk-codes.ts"

const Said = z.object({ code: z.number().int(), ackId: z.number().int().nonnegative().optional() })
const Acks = z.object({ acks: z.record(z.string(), z.boolean()) })

/** How often it is asked whether a portion is indexed, and for how long at most. */
const ASK_MS = 500
const PATIENCE_MS = 90_000

/**
 * Carries to Splunk's HTTP Event Collector. With acknowledgement a portion is taken once it is indexed; without it, once the
 * collector said that it has it, which it may still lose.
 */
export function splunkCarrier(
  { settings, secrets }: { readonly settings: SplunkSettings; readonly secrets: SplunkSecrets },
  deps: CarrierDeps & { readonly ackPatienceMs?: number },
): SinkCarrier {
  const receiver = httpReceiver(deps, settings.ca)
  const collector = `${settings.url.replace(/\/+$/, "")}/services/collector`
  const channel = randomUUID()
  const headers = {
    authorization: `Splunk ${secrets.token}`,
    "content-type": "application/json",
    ...(settings.ack && { "x-splunk-request-channel": channel }),
  }
  const asking = { receiver, url: `${collector}/ack?channel=${channel}`, headers }

  async function carryPart(items: readonly CarriedItem[], signal: AbortSignal): Promise<PartResult> {
    const body = items.map((item) => writeLossless(eventOf(item, settings, deps.host))).join("\n")
    const answer = await receiver.post({ url: `${collector}/event`, headers, body }, signal)
    const said = answer.kind === "answered" ? answerJson(answer, Said) : undefined
    if (!isSuccess(answer) || (said && said.code !== 0)) return refused(answer, deps.clock)
    if (!said) return { kind: "later", reason: "its answer could not be read", afterMs: null }
    if (!settings.ack) return { kind: "taken", refused: [] }
    if (said.ackId === undefined) return UNACKNOWLEDGED
    return acknowledged(asking, said.ackId, { signal, patienceMs: deps.ackPatienceMs ?? PATIENCE_MS })
  }

  return {
    portion: { items: 500, bytes: 512 * 1024 },
    carry: (items, signal) => carryInParts(items, (part) => carryPart(part, signal)),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}

const UNACKNOWLEDGED: CarryResult = {
  kind: "held",
  reason: "it acknowledges nothing: switch acknowledgement on for the token, or off for this sink",
}

function eventOf(
  { key, place, at, type, body }: CarriedItem,
  { index, sourcetype }: SplunkSettings,
  host: string,
): JsonObject {
  const fields = { tabard_key: key, tabard_place: String(place), tabard_type: type }
  const time = at.getTime() / 1000
  return { time, host, source: "tabard", sourcetype, ...(index && { index }), event: body, fields }
}

/** A code of the collector's says more than the status that it comes with. */
function refused(answer: Answered, clock: Clock): PartResult {
  const said = answer.kind === "answered" ? answerJson(answer, Said) : undefined
  const known =
    answer.kind === "answered" && said ? splunkRefusal(said.code, retryAfter(answer, clock)) : undefined
  return known ?? refusal(answer, clock)
}

/** What is wrong with a question about a portion is nothing against the portion. */
function unasked(result: PartResult): PartResult {
  return result.kind === "unfit" ? { kind: "later", reason: result.reason, afterMs: null } : result
}

interface Asking {
  readonly receiver: HttpReceiver
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/** Asks until the collector says that the portion is indexed. It says so once, so no other answer may be thrown away. */
async function acknowledged(
  { receiver, url, headers }: Asking,
  ackId: number,
  { signal, patienceMs }: { readonly signal: AbortSignal; readonly patienceMs: number },
): Promise<PartResult> {
  for (let waited = 0; waited < patienceMs; waited += ASK_MS) {
    await sleep(Math.min(ASK_MS, patienceMs), undefined, { signal })
    const answer = await receiver.post({ url, headers, body: JSON.stringify({ acks: [ackId] }) }, signal)
    if (!isSuccess(answer)) return unasked(refused(answer, receiver.clock))
    if (answerJson(answer, Acks)?.acks[String(ackId)]) return { kind: "taken", refused: [] }
  }
  return { kind: "later", reason: "it did not acknowledge in time that it is indexed", afterMs: null }
}
