import { createHash, randomBytes } from "node:crypto"
import { canonicalText, type Id, isId, isJsonObject, type Json, type JsonObject } from "@tabard/core"
import type { AuditEvent } from "./audit-event.ts"
import { EVENT_PROFILES } from "./event-profile.ts"
import type { EventValue } from "./event-store.ts"
import type { Committed } from "./profiles/profile.ts"

/** An event without what it commits to, the commitments, and the values. */
export interface CommittedEvent {
  readonly event: AuditEvent
  readonly commits: Readonly<Record<string, string>>
  readonly values: readonly EventValue[]
}

const SALT_BYTES = 16

/** Takes what its type's profile calls personal or bulky out of an event, and commits to it in its place. */
export function commitValues(event: AuditEvent): CommittedEvent {
  const values: EventValue[] = []
  let data = event.data
  for (const [path, committed] of Object.entries(EVENT_PROFILES[event.type].committed ?? {})) {
    const taken = data && isCommitted(event, committed) ? takeOut(data, path.split(".")) : undefined
    if (!taken) continue
    data = taken.left
    values.push(valueOf(event, { field: `data.${path}`, value: taken.value, committed }))
  }
  if (values.length === 0) return { event, commits: {}, values }
  const commits = Object.fromEntries(values.map((value) => [value.field, commitmentOf(value)]))
  return { event: { ...event, ...(data && { data }) }, commits, values }
}

/** Answers the commitment to a value: base64 of SHA-256 over the salt and the value's RFC 8785 JSON. */
export function commitmentOf({ salt, value }: Pick<EventValue, "salt" | "value">): string {
  return createHash("sha256").update(salt).update(canonicalText(value)).digest("base64")
}

/** What this program says by itself is nobody's word, and stays where it is. */
function isCommitted({ actor }: AuditEvent, { about }: Committed): boolean {
  return about !== "typed" || actor.kind === "user"
}

function valueOf(
  event: AuditEvent,
  { field, value, committed }: { field: string; value: Json; committed: Committed },
): EventValue {
  const person = personOf(event, committed)
  const erasable = committed.class === "personal"
  return { field, salt: newSalt(), value, class: committed.class, person, erasable }
}

/** Asked for one by one, random bytes cost more than the rest of a commitment. */
const DRAWN_BYTES = 256 * SALT_BYTES
let drawn = Buffer.alloc(0)

/** Each is given once, and copied: what is left of those drawn is not in its reach. */
function newSalt(): Uint8Array {
  if (drawn.length < SALT_BYTES) drawn = randomBytes(DRAWN_BYTES)
  const salt = Uint8Array.from(drawn.subarray(0, SALT_BYTES))
  drawn.fill(0, 0, SALT_BYTES)
  drawn = drawn.subarray(SALT_BYTES)
  return salt
}

function personOf({ actor, onBehalfOf, data }: AuditEvent, { about }: Committed): Id<"user"> | null {
  switch (about) {
    case "actor":
    case "typed":
      return actor.kind === "user" ? actor.id : null
    case "onBehalfOf":
      return onBehalfOf ?? null
    case "user": {
      const user = data?.["user"]
      return isId("user", user) ? user : null
    }
    case "nobody":
      return null
  }
}

interface Taken {
  readonly left: JsonObject
  readonly value: Json
}

/** Answers an object without the member that a path leads to, and that member; undefined where there is none. */
function takeOut(from: JsonObject, [name = "", ...deeper]: readonly string[]): Taken | undefined {
  const { [name]: member, ...others } = from
  if (member === undefined || member === null) return undefined
  if (deeper.length === 0) return { left: others, value: member }
  const inner = isJsonObject(member) ? takeOut(member, deeper) : undefined
  return inner && { left: { ...others, [name]: inner.left }, value: inner.value }
}
