// Stream configuration: SSF 1.0 §8.1.1
import {
  SIGNAL_URIS,
  type SignalDelivery,
  type SignalStream,
  TRANSMITTED,
  VERIFY_EVERY_SECONDS,
} from "@tabard/control"
import { type JsonObject, Problem } from "@tabard/core"
import { z } from "zod"
import { requireTarget, type TargetRules } from "../notifications/guard-address.ts"

const PUSH = "urn:ietf:rfc:8935"
const POLL = "urn:ietf:rfc:8936"

const Line = z.string().max(2_000)

/** The longest description that is kept; more of one is cut off, as the standard lets a transmitter do. */
const MOST_NAME = 200

const Delivery = z.object({
  method: z.enum([PUSH, POLL]),
  endpoint_url: Line.optional(),
  authorization_header: z.string().min(1).max(4_000).nullable().optional(),
})

const Wish = z.object({
  events_requested: z.array(Line).max(100).optional(),
  delivery: Delivery.optional(),
  description: z.string().max(10_000).optional(),
  /** How agents are to be named: a member of ours. */
  subject_format: z.enum(["uri", "iss_sub"]).optional(),
})

/** What a receiver wishes of a stream. */
export interface StreamBody {
  readonly requested: readonly string[] | undefined
  readonly delivery: SignalDelivery | undefined
  readonly header: string | null | undefined
  readonly name: string | undefined
  readonly form: SignalStream["form"] | undefined
}

/** What our own addresses are made of. */
interface Addresses {
  readonly issuer: string
  readonly rules: TargetRules
}

/**
 * Reads what a receiver wishes of a stream; what it leaves out is undefined, and what is not known is passed over.
 *
 * @throws {Problem} body_invalid
 */
export function readStreamBody({ rules }: Pick<Addresses, "rules">, body: JsonObject): StreamBody {
  const parsed = Wish.safeParse(body)
  if (!parsed.success) throw new Problem("body_invalid", z.prettifyError(parsed.error))
  const { events_requested: requested, delivery, description, subject_format: form } = parsed.data
  return {
    requested,
    delivery: delivery && deliveryOf(rules, delivery),
    header: delivery?.authorization_header,
    name: description?.slice(0, MOST_NAME),
    form,
  }
}

function deliveryOf(
  rules: TargetRules,
  { method, endpoint_url: url }: z.infer<typeof Delivery>,
): SignalDelivery {
  if (method === POLL) return { method: "poll" }
  if (url === undefined) throw new Problem("body_invalid", "say endpoint_url: where signals are pushed to")
  return { method: "push", url: requireTarget(rules, url).href }
}

/** Answers the events that every stream can carry. */
export function supportedEvents(): readonly string[] {
  return TRANSMITTED.map((type) => SIGNAL_URIS[type])
}

/** Answers a stream's configuration. The header that a push carries is told to nobody. */
export function streamConfiguration(issuer: string, stream: SignalStream): JsonObject {
  return {
    stream_id: stream.id,
    iss: issuer,
    aud: stream.audience,
    events_supported: [...supportedEvents()],
    events_requested: [...stream.requested],
    events_delivered: stream.types.map((type) => SIGNAL_URIS[type]),
    delivery:
      stream.delivery.method === "push"
        ? { method: PUSH, endpoint_url: stream.delivery.url }
        : { method: POLL, endpoint_url: `${issuer}/ssf/poll/${stream.id}` },
    min_verification_interval: VERIFY_EVERY_SECONDS,
    ...(stream.name && { description: stream.name }),
    subject_format: stream.form,
  }
}

const OURS = ["iss", "aud", "events_supported", "events_delivered", "min_verification_interval"]

/**
 * Lets a change through that says of what is ours what is so (SSF 1.0 §8.1.1.3).
 *
 * @throws {Problem} body_invalid
 */
export function assertOursUnchanged(issuer: string, stream: SignalStream, body: JsonObject): void {
  const known = streamConfiguration(issuer, stream)
  const changed = OURS.find(
    (name) => name in body && JSON.stringify(body[name]) !== JSON.stringify(known[name]),
  )
  if (changed) throw new Problem("body_invalid", `${changed} is the transmitter's: leave it as it is`)
}
