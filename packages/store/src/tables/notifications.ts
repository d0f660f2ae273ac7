import type { DeliveryState, HowTold, Id, JsonObject, NotificationKind } from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

/** A person's id, or nothing for the organisation itself. */
export type Recipient = Id<"user"> | ""

export interface NotificationRow extends Owned {
  id: Id<"notification">
  kind: NotificationKind
  event: Id<"event">
  recipient: Recipient
  agent: Id<"agent"> | null
  subject: string | null
  details: JsonText<JsonObject>
  at: number
  due: number
  read_at: number | null
  state: "later" | "told" | "withdrawn"
}

/** How far the record was looked at, one row an organisation. */
export interface NotificationPlaceRow extends Owned {
  place: number
}

export interface NotificationChoiceRow extends Owned {
  user: Id<"user">
  kinds: JsonText<Readonly<Partial<Record<NotificationKind, HowTold>>>>
  digest_hour: number
}

export interface KnownBrowserRow extends Owned {
  user: Id<"user">
  browser: string
  first_seen: number
}

export interface DeliveryRow extends Owned {
  id: Id<"delivery">
  notification: Id<"notification">
  channel: "email" | Id<"channel">
  recipient: Recipient
  digest: Flag
  state: DeliveryState
  made_at: number
  due: number
  tries: number
  said: string | null
  ended_at: number | null
}

export interface ChannelRow extends Owned {
  id: Id<"channel">
  kind: "webhook" | "slack"
  name: string
  shown: string
  /** Empty exactly where the channel was removed. */
  sealed: Uint8Array | null
  kinds: JsonText<readonly NotificationKind[]>
  made_by: Id<"user">
  made_at: number
  removed_at: number | null
}

export interface ChannelHealthRow extends Owned {
  channel: "email" | Id<"channel">
  failures: number
  rests_until: number | null
  worked_at: number | null
  failed_at: number | null
  said: string | null
}
