import {
  DELIVERY_STATES,
  type DeliveryState,
  HOW_TOLD,
  type HowTold,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "@tabard/core"
import { z } from "zod"

/** One thing that one was told of, in words of now. */
export interface NotificationView {
  readonly id: string
  readonly kind: NotificationKind
  readonly title: string
  readonly detail: string | null
  /** Where in the console it leads, from the root. */
  readonly path: string
  readonly at: string
  readonly read: boolean
}

export const NotificationView: z.ZodType<NotificationView> = z.object({
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  title: z.string(),
  detail: z.string().nullable(),
  path: z.string(),
  at: z.string(),
  read: z.boolean(),
})

/** A page of what one was told of, and how much of all of it is unread. */
export interface NotificationPage {
  readonly items: readonly NotificationView[]
  readonly next: string | null
  readonly unread: number
}

export const NotificationPage: z.ZodType<NotificationPage> = z.object({
  items: z.array(NotificationView),
  next: z.string().nullable(),
  unread: z.number(),
})

/** How one is told of one kind. */
export interface NotificationChoiceView {
  readonly kind: NotificationKind
  readonly how: HowTold
  /** What holds where one chooses nothing. */
  readonly usually: HowTold
}

/** How one wants to be told. */
export interface NotificationChoicesView {
  /** The hour (UTC) at which the day's mail goes out. */
  readonly digestHour: number
  /** Where mail goes; null where this installation sends none. */
  readonly email: string | null
  readonly kinds: readonly NotificationChoiceView[]
}

export const NotificationChoicesView: z.ZodType<NotificationChoicesView> = z.object({
  digestHour: z.number(),
  email: z.string().nullable(),
  kinds: z.array(
    z.object({ kind: z.enum(NOTIFICATION_KINDS), how: z.enum(HOW_TOLD), usually: z.enum(HOW_TOLD) }),
  ),
})

/** A channel, with how it has done; nothing of where it leads but what it is known by. */
export interface ChannelView {
  /** `email` is the installation's mail. */
  readonly id: string
  readonly kind: "email" | "webhook" | "slack"
  readonly name: string
  readonly shown: string
  readonly kinds: readonly NotificationKind[]
  readonly madeAt: string | null
  readonly waiting: number
  readonly failed: number
  /** How many tries in a row failed. */
  readonly failures: number
  readonly restsUntil: string | null
  readonly workedAt: string | null
  readonly failedAt: string | null
  /** Why the last try failed. */
  readonly said: string | null
}

const channel = {
  id: z.string(),
  kind: z.enum(["email", "webhook", "slack"]),
  name: z.string(),
  shown: z.string(),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)),
  madeAt: z.string().nullable(),
  waiting: z.number(),
  failed: z.number(),
  failures: z.number(),
  restsUntil: z.string().nullable(),
  workedAt: z.string().nullable(),
  failedAt: z.string().nullable(),
  said: z.string().nullable(),
}

export const ChannelView: z.ZodType<ChannelView> = z.object(channel)

/** A channel as it is made or given a new secret: `secret` is shown this once, and null where messages are not signed. */
export interface ShownChannelView extends ChannelView {
  readonly secret: string | null
}

export const ShownChannelView: z.ZodType<ShownChannelView> = z.object({
  ...channel,
  secret: z.string().nullable(),
})

/** One notification on its way through a channel. */
export interface DeliveryView {
  readonly id: string
  readonly kind: NotificationKind | null
  readonly state: DeliveryState
  /** To whom, where it is a mail. */
  readonly to: string | null
  readonly madeAt: string
  /** When it is tried (again), while it waits. */
  readonly due: string | null
  readonly tries: number
  /** Why the last try failed. */
  readonly said: string | null
  readonly endedAt: string | null
}

export const DeliveryView: z.ZodType<DeliveryView> = z.object({
  id: z.string(),
  kind: z.enum(NOTIFICATION_KINDS).nullable(),
  state: z.enum(DELIVERY_STATES),
  to: z.string().nullable(),
  madeAt: z.string(),
  due: z.string().nullable(),
  tries: z.number(),
  said: z.string().nullable(),
  endedAt: z.string().nullable(),
})
