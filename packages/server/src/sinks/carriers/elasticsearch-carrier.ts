import type { ElasticsearchSecrets, ElasticsearchSettings } from "@tabard/api"
import type { CarriedItem, RefusedItem, SinkCarrier } from "@tabard/control"
import { type JsonObject, writeLossless } from "@tabard/core"
import { z } from "zod"
import { answerJson } from "./answer-json.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { httpReceiver } from "./http-receiver.ts"
import { isSuccess, refusal, retryAfter } from "./refusal.ts"

/** What is asked for of an answer: which item fared how, and nothing of what it said. */
const ASKED = "filter_path=errors,items.*.status,items.*.error.type"

const Answer = z.object({
  errors: z.boolean(),
  items: z
    .array(
      z.object({
        create: z.object({
          status: z.number().int(),
          error: z.object({ type: z.string() }).optional(),
        }),
      }),
    )
    .optional(),
})

type Outcome = NonNullable<z.infer<typeof Answer>["items"]>[number]["create"]

/** Carries to a data stream by `_bulk`; what it has under an item's key already is taken, and stays as it is. */
export function elasticsearchCarrier(
  { settings, secrets }: { readonly settings: ElasticsearchSettings; readonly secrets: ElasticsearchSecrets },
  deps: CarrierDeps,
): SinkCarrier {
  const receiver = httpReceiver(deps, settings.ca)
  const url = `${settings.url.replace(/\/+$/, "")}/${settings.dataStream}/_bulk?${ASKED}`
  const headers = { authorization: authorization(secrets), "content-type": "application/x-ndjson" }

  async function carryPart(items: readonly CarriedItem[], signal: AbortSignal): Promise<PartResult> {
    const answer = await receiver.post({ url, headers, body: items.map(linesOf).join("") }, signal)
    if (!isSuccess(answer)) return refusal(answer, deps.clock)
    const said = answerJson(answer, Answer)
    if (!said) return { kind: "later", reason: "its answer could not be read", afterMs: null }
    if (!said.errors) return { kind: "taken", refused: [] }
    const outcomes = said.items?.map(({ create }) => create) ?? []
    return resultOf(items, outcomes, retryAfter(answer, deps.clock))
  }

  return {
    portion: { items: 500, bytes: 2 * 1024 * 1024 },
    carry: (items, signal) => carryInParts(items, (part) => carryPart(part, signal)),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}

function authorization(secrets: ElasticsearchSecrets): string {
  if ("apiKey" in secrets) return `ApiKey ${secrets.apiKey}`
  return `Basic ${Buffer.from(`${secrets.username}:${secrets.password}`).toString("base64")}`
}

/** Data streams take what has a time of its own, and only by `create`. */
function linesOf({ key, at, body }: CarriedItem): string {
  const document: JsonObject = "@timestamp" in body ? body : { "@timestamp": at.toISOString(), ...body }
  return `${JSON.stringify({ create: { _id: key } })}\n${writeLossless(document)}\n`
}

/** What one item wants all of them to wait for decides for all: those that were created are known by their keys. */
function resultOf(
  items: readonly CarriedItem[],
  outcomes: readonly Outcome[],
  afterMs: number | null,
): PartResult {
  if (outcomes.length !== items.length)
    return { kind: "later", reason: "its answer tells of other items", afterMs }
  const busy = outcomes.find(({ status }) => status === 429 || status >= 500)
  if (busy) return { kind: "later", reason: `it answered ${busy.status} for one of them`, afterMs }
  const barred = outcomes.find(({ status }) => status === 401 || status === 403 || status === 404)
  if (barred) return { kind: "held", reason: `it answered ${barred.status}: ${BARRED}` }
  return oneByOne(items, outcomes)
}

const BARRED = "the credentials may not create documents in this data stream, or it is not there"

function oneByOne(items: readonly CarriedItem[], outcomes: readonly Outcome[]): PartResult {
  const refused = items.flatMap(({ key }, at): readonly RefusedItem[] => {
    const { status, error } = outcomes[at] ?? { status: 0 }
    // 409: it is there already, from a time when the answer was lost.
    const isThere = (status >= 200 && status < 300) || status === 409
    return isThere ? [] : [{ key, reason: `it answered ${status}${typeWords(error?.type)}` }]
  })
  const isAll = refused.length === items.length && items.length > 1
  if (isAll) return { kind: "held", reason: `it refuses every entry: ${refused[0]?.reason}` }
  return { kind: "taken", refused }
}

/** A type of error is a word of Elasticsearch's own, and says nothing of what was carried; anything else is left out. */
function typeWords(type: string | undefined): string {
  return type && /^[a-z_]{1,60}$/.test(type) ? `: ${type}` : ""
}
