import {
  DELIVERY_STATES,
  type DeliveryState,
  HOW_TOLD,
  type HowTold,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from "@tabard/core"
import { z } from "zod"
import { administrators } from "./access-groups.ts"
import { Flag } from "./flag.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import { PAGED, type Page, Paged, type PageQuery } from "./paging.ts"
import {
  ChannelView,
  DeliveryView,
  NotificationChoicesView,
  NotificationPage,
  ShownChannelView,
} from "./views/notification.ts"

/** Which of one's notifications. */
export interface NotificationFilter extends PageQuery {
  readonly unread?: boolean | undefined
}

const NotificationFilter: z.ZodType<NotificationFilter> = z.strictObject({
  unread: Flag.optional(),
  ...PAGED,
})

/** What one has read; all of it, where no ids are named. */
export interface NotificationsRead {
  readonly ids?: readonly string[] | undefined
}

const NotificationsRead: z.ZodType<NotificationsRead> = z.strictObject({
  ids: z.array(z.string().max(80)).max(200).optional(),
})

/** How one wants to be told. A kind that is left out is told as is usual. */
export interface NotificationChoices {
  readonly digestHour: number
  readonly kinds: Readonly<Partial<Record<NotificationKind, HowTold>>>
}

const NotificationChoices: z.ZodType<NotificationChoices> = z.strictObject({
  digestHour: z.number().int().min(0).max(23),
  kinds: z.partialRecord(z.enum(NOTIFICATION_KINDS), z.enum(HOW_TOLD)),
})

/** What a channel is made with. */
export interface ChannelWish {
  readonly kind: "webhook" | "slack"
  readonly name: string
  readonly url: string
  readonly kinds: readonly NotificationKind[]
}

const ChannelWish: z.ZodType<ChannelWish> = z.strictObject({
  kind: z.enum(["webhook", "slack"]),
  name: z.string().trim().min(1).max(80),
  url: z.string().min(1).max(2000),
  kinds: z.array(z.enum(NOTIFICATION_KINDS)).min(1).max(NOTIFICATION_KINDS.length),
})

/** Which deliveries of a channel. */
export interface DeliveryFilter extends PageQuery {
  readonly id: string
  readonly state?: DeliveryState | undefined
}

const DeliveryFilter: z.ZodType<DeliveryFilter> = z.strictObject({
  id: z.string().max(80),
  state: z.enum(DELIVERY_STATES).optional(),
  ...PAGED,
})

/** What came of a test. */
export interface ChannelTest {
  readonly sent: boolean
  /** Why it was not. */
  readonly said: string | null
}

/** How people are told of what concerns them. */
export interface NotificationOperations {
  readonly listNotifications: Operation<NotificationFilter, NotificationPage>
  readonly markNotificationsRead: Operation<NotificationsRead, { readonly read: number }>
  readonly getNotificationChoices: Operation<Nothing, NotificationChoicesView>
  readonly putNotificationChoices: Operation<NotificationChoices, NotificationChoicesView>
  readonly listNotificationChannels: Operation<PageQuery, Page<ChannelView>>
  readonly createNotificationChannel: Operation<ChannelWish, ShownChannelView>
  readonly testNotificationChannel: Operation<ById, ChannelTest>
  readonly rotateNotificationChannel: Operation<ById, ShownChannelView>
  readonly removeNotificationChannel: Operation<ById, Nothing>
  readonly listDeliveries: Operation<DeliveryFilter, Page<DeliveryView>>
  readonly sendDeliveryAgain: Operation<ById, Nothing>
}

export const NOTIFICATION_OPERATIONS: NotificationOperations = {
  listNotifications: get(
    "/notifications",
    "signed-in",
    "What one was told of oneself, the newest first, and how much is unread",
    NotificationFilter,
    NotificationPage,
  ),
  markNotificationsRead: post(
    "/notifications/reading",
    "signed-in",
    "Marks one's own notifications as read: those named, or all",
    NotificationsRead,
    z.object({ read: z.number() }),
  ),
  getNotificationChoices: get(
    "/notification-choices",
    "signed-in",
    "How one wants to be told",
    Nothing,
    NotificationChoicesView,
  ),
  putNotificationChoices: put(
    "/notification-choices",
    "signed-in",
    "Chooses how one wants to be told",
    NotificationChoices,
    NotificationChoicesView,
  ),
  listNotificationChannels: list(
    "/notification-channels",
    administrators,
    "The organisation's channels and its mail, and how each has done",
    Paged,
    ChannelView,
  ),
  createNotificationChannel: post(
    "/notification-channels",
    administrators,
    "Makes a channel; a webhook's signing secret is answered this once",
    ChannelWish,
    ShownChannelView,
  ),
  testNotificationChannel: post(
    "/notification-channels/:id/test",
    administrators,
    "Sends a test through a channel at once; by mail, to oneself",
    ById,
    z.object({ sent: z.boolean(), said: z.string().nullable() }),
  ),
  rotateNotificationChannel: post(
    "/notification-channels/:id/rotation",
    administrators,
    "Gives a webhook a new signing secret; the one before signs beside it for a day",
    ById,
    ShownChannelView,
  ),
  removeNotificationChannel: post(
    "/notification-channels/:id/removal",
    administrators,
    "Removes a channel with its secrets",
    ById,
    Nothing,
  ),
  listDeliveries: list(
    "/notification-channels/:id/deliveries",
    administrators,
    "What goes and went through a channel, the newest first",
    DeliveryFilter,
    DeliveryView,
  ),
  sendDeliveryAgain: post(
    "/deliveries/:id/again",
    administrators,
    "Has a delivery that failed tried anew",
    ById,
    Nothing,
  ),
}
