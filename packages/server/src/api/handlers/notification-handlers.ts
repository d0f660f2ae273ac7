import type { NotificationChoicesView, NotificationView } from "@tabard/api"
import { chooseNotifications, type Notification } from "@tabard/control"
import { type Id, isId, isToldTo, NOTIFICATION_KINDS, NOTIFICATIONS, Problem, type User } from "@tabard/core"
import { type Told, tellAll } from "../../notifications/told.ts"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"

type Names =
  | "listNotifications"
  | "markNotificationsRead"
  | "getNotificationChoices"
  | "putNotificationChoices"

const NOTIFIED = byId("notifications", "notification")

/** What one was told of oneself, and how one wants to be. */
export function notificationHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listNotifications: ({ user }, { unread, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const wanted = { to: user.id, ...(unread && { unread }) }
        const { items, next } = await pageOf(NOTIFIED, asked, (from) =>
          tx.notifications.list({ ...wanted, ...from }),
        )
        const told = await tellAll(tx, items)
        return {
          items: items.flatMap((one) => notificationView(one, told.get(one.id))),
          next,
          unread: await tx.notifications.countUnread({ to: user.id }),
        }
      }),
    markNotificationsRead: async ({ user }, { ids }) => {
      const named = ids?.map(readId) ?? "all"
      const read = await shelf.transact((tx) => tx.notifications.markRead(user.id, named, clock.now()))
      return { read }
    },
    getNotificationChoices: ({ user }) => choicesOf(services, user),
    putNotificationChoices: async ({ user }, chosen) => {
      await chooseNotifications(deps, user, chosen)
      return choicesOf(services, user)
    },
  }
}

function readId(text: string): Id<"notification"> {
  if (isId("notification", text)) return text
  throw new Problem("body_invalid", "ids must name notifications, as the list answered them")
}

function notificationView(one: Notification, told: Told | undefined): readonly NotificationView[] {
  if (!told) return []
  const { title, detail, path } = told
  const { id, kind } = one
  return [{ id, kind, title, detail, path, at: one.due.toISOString(), read: one.readAt !== null }]
}

async function choicesOf({ shelf, ways }: ApiServices, user: User): Promise<NotificationChoicesView> {
  const { digestHour, kinds } = await shelf.snapshot(({ choices }) => choices.find(user.id))
  const concerning = NOTIFICATION_KINDS.filter((kind) => isToldTo(kind, user.role))
  return {
    digestHour,
    email: ways.mail ? user.email : null,
    kinds: concerning.map((kind) => {
      const { usually } = NOTIFICATIONS[kind]
      return { kind, how: kinds[kind] ?? usually, usually }
    }),
  }
}
