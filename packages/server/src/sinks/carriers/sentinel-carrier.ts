import type { SentinelSecrets, SentinelSettings } from "@tabard/api"
import type { CarriedItem, SinkCarrier } from "@tabard/control"
import { type JsonObject, writeLossless } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { entraToken } from "./entra-token.ts"
import { httpReceiver } from "./http-receiver.ts"
import { isSuccess, refusal } from "./refusal.ts"

const API_VERSION = "2023-01-01"

/** Carries to Microsoft Sentinel by the Logs Ingestion API, as the application that its token is issued to. */
export function sentinelCarrier(
  { settings, secrets }: { readonly settings: SentinelSettings; readonly secrets: SentinelSecrets },
  deps: CarrierDeps,
): SinkCarrier {
  const receiver = httpReceiver(deps)
  const token = entraToken(settings, secrets, receiver)
  const { dce, dcrId, stream } = settings
  const path = `dataCollectionRules/${encodeURIComponent(dcrId)}/streams/${encodeURIComponent(stream)}`
  const url = `${dce.replace(/\/+$/, "")}/${path}?api-version=${API_VERSION}`

  async function carryPart(items: readonly CarriedItem[], signal: AbortSignal): Promise<PartResult> {
    const got = await token.get(signal)
    if (got.kind !== "token") return got
    const headers = { authorization: `Bearer ${got.token}`, "content-type": "application/json" }
    const answer = await receiver.post({ url, headers, body: writeLossless(items.map(rowOf)) }, signal)
    if (answer.kind === "answered" && answer.status === 401 && !got.fresh) {
      // It may have ended early, or have been taken back: a new one is tried, once.
      token.forget()
      return carryPart(items, signal)
    }
    return isSuccess(answer) ? { kind: "taken", refused: [] } : refusal(answer, deps.clock)
  }

  return {
    // A call may hold 1 MB in all; what stands around the bodies has room besides.
    portion: { items: 1000, bytes: 640 * 1024 },
    carry: (items, signal) => carryInParts(items, (part) => carryPart(part, signal)),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}

/** A row of the table, by the columns that docs/export/sentinel.md declares. */
function rowOf({ key, place, type, at, body }: CarriedItem): JsonObject {
  return { TimeGenerated: at.toISOString(), Key: key, Place: place, EventType: type, Body: body }
}
