import { createHash } from "node:crypto"
import type { WebhookSecrets, WebhookSettings } from "@tabard/api"
import type { CarriedItem, SinkCarrier } from "@tabard/control"
import { writeLossless } from "@tabard/core"
import { webhookHeaders } from "../../notifications/sign-webhook.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carryInParts, type PartResult } from "./carry-in-parts.ts"
import { httpReceiver } from "./http-receiver.ts"
import { isSuccess, refusal } from "./refusal.ts"

/** Carries portions as signed messages (Standard Webhooks); whatever answers 2xx has them. */
export function webhookCarrier(
  { settings, secrets }: { readonly settings: WebhookSettings; readonly secrets: WebhookSecrets },
  deps: CarrierDeps,
): SinkCarrier {
  const receiver = httpReceiver(deps, settings.ca)
  const signing = secrets.signing

  async function carryPart(items: readonly CarriedItem[], signal: AbortSignal): Promise<PartResult> {
    if (signing === undefined) return UNSIGNED
    const at = deps.clock.now()
    const body = messageBody(items, at)
    const signed = webhookHeaders({ id: messageId(items), at, body }, [signing])
    const headers = { ...signed, "content-type": "application/json" }
    const answer = await receiver.post({ url: settings.url, headers, body }, signal)
    return isSuccess(answer) ? { kind: "taken", refused: [] } : refusal(answer, deps.clock)
  }

  return {
    portion: { items: 500, bytes: 512 * 1024 },
    carry: (items, signal) => carryInParts(items, (part) => carryPart(part, signal)),
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  }
}

const UNSIGNED = { kind: "held", reason: "it has no secret to sign messages with: give it one" } as const

function messageBody(items: readonly CarriedItem[], at: Date): string {
  const entries = items.map(({ key, place, type, at: happened, body }) => ({
    key,
    place,
    type,
    at: happened.toISOString(),
    body,
  }))
  return writeLossless({ type: "record.entries", timestamp: at.toISOString(), data: { entries } })
}

/** The same for the same items, however often they are carried. */
function messageId(items: readonly CarriedItem[]): string {
  const hash = createHash("sha256").update(items.map(({ key }) => key).join("\n"))
  return `rec_${hash.digest("hex").slice(0, 32)}`
}
