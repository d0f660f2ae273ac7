import type { OtlpSecrets, OtlpSettings } from "@tabard/api"
import type { CarriedItem, SinkCarrier } from "@tabard/control"
import { z } from "zod"
import { answerJson } from "./answer-json.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { httpReceiver } from "./http-receiver.ts"
import { logsRequest } from "./otlp-logs.ts"
import { isSuccess, refusal } from "./refusal.ts"

/** 64-bit integers are decimal strings in OTLP's JSON, and numbers where a receiver is less strict. */
const Count = z.union([z.string().regex(/^\d{1,19}$/), z.number().int().nonnegative()]).transform(Number)

const Said = z.object({
  partialSuccess: z.object({ rejectedLogRecords: Count.default(0) }).nullish(),
})

/** Carries to an OpenTelemetry receiver of logs (OTLP over HTTP, JSON). */
export function otlpCarrier(
  { settings, secrets }: { readonly settings: OtlpSettings; readonly secrets: OtlpSecrets },
  deps: CarrierDeps,
): SinkCarrier {
  const receiver = httpReceiver(deps, settings.ca)
  const headers = { ...secrets.headers, "content-type": "application/json" }

  async function carryPart(items: readonly CarriedItem[], signal: AbortSignal): Promise<PartResult> {
    const body = JSON.stringify(logsRequest(items, deps))
    const answer = await receiver.post({ url: settings.url, headers, body }, signal)
    if (!isSuccess(answer)) return refusal(answer, deps.clock)
    const said = answer.body === "" ? {} : answerJson(answer, Said)
    if (!said) return { kind: "later", reason: "its answer could not be read", afterMs: null }
    const rejected = said.partialSuccess?.rejectedLogRecords ?? 0
    if (rejected === 0) return { kind: "taken", refused: [] }
    // It says how many it rejected, and not which: the halves tell.
    return { kind: "unfit", reason: "it rejected this log record", alone: false }
  }

  return {
    portion: { items: 500, bytes: 1024 * 1024 },
    carry: (items, signal) => carryInParts(items, (part) => carryPart(part, signal)),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}
