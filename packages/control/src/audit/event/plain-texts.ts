import { isJsonObject, type Json } from "@tabard/core"
import { maskedSecrets } from "@tabard/scan"
import type { AuditEvent } from "./audit-event.ts"
import { EVENT_PROFILES } from "./event-profile.ts"

/** No secret of a known shape is shorter, and nearly every text of an event is an id, a word or a number. */
const SHORTEST_SECRET = 12
const OWN_ID = /^[a-z]{3}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Nobody reads more of one text; what is longer is kept where it belongs, and not in the record. */
const LONGEST = 16_384

/**
 * Texts that need no change, never one that held a secret: digests, names of tools and policies stand in each decision, and
 * looking for secrets in them costs more than all else of an event.
 */
const KNOWN = new Set<string>()
const MOST_KNOWN = 4096
const LONGEST_KNOWN = 200

/** What moves a cursor or turns the direction of reading. Ends of lines and tabs are how people write. */
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g // oxlint-disable-line no-control-regex -- these are the characters that are taken out

/**
 * Answers an event whose texts are data and nothing else, whoever wrote them: bounded, well-formed, with whatever steers a
 * screen spelt out, and each secret of a known shape replaced by what kind it was and how long. What this program has
 * signed or drawn by lot stays as it is: that may look like a secret.
 */
export function plainTexts(event: AuditEvent): AuditEvent {
  const { verbatim } = EVENT_PROFILES[event.type]
  const { data = {} } = event
  if (!verbatim?.some((name) => Object.hasOwn(data, name))) return plainEvent(event)
  const own = Object.entries(data).filter(([name]) => verbatim.includes(name))
  const others = Object.entries(data).filter(([name]) => !verbatim.includes(name))
  const told = plainEvent({ ...event, data: Object.fromEntries(others) })
  return { ...told, data: { ...told.data, ...Object.fromEntries(own) } }
}

function plainEvent(event: AuditEvent): AuditEvent {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- texts become texts, so the shape stays
  return plain(event as unknown as Json) as unknown as AuditEvent
}

/** Answers a value of an event's data as the event will hold it. */
export function plainJson(value: Json): Json {
  return plain(value) ?? null
}

function plain(value: Json | undefined): Json | undefined {
  if (typeof value === "string") return plainText(value)
  if (Array.isArray(value)) return value.map((item: Json) => plain(item) ?? null)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [plainText(name), plain(member)]))
}

function plainText(text: string): string {
  if (KNOWN.has(text) || OWN_ID.test(text)) return text
  const left = cleaned(text)
  if (left === text && text.length <= LONGEST_KNOWN) remember(text)
  return left
}

function cleaned(text: string): string {
  const masked = text.length < SHORTEST_SECRET ? text : maskedSecrets(text)
  const spelt = masked.toWellFormed().replaceAll(STEERING, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
  })
  return spelt.length > LONGEST ? `${spelt.slice(0, LONGEST - 1).toWellFormed()}…` : spelt
}

/** Forgotten all at once: what stands in most events is soon known again. */
function remember(text: string): void {
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear()
  KNOWN.add(text)
}
