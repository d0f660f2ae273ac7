import type { ChannelView, DeliveryView } from "@tabard/api"
import type { Channel, ChannelHealth, ChannelId, Delivery, Transaction } from "@tabard/control"
import { NOTIFICATION_KINDS } from "@tabard/core"
import type { NotificationWays } from "../../notifications/ways-to-tell.ts"
import { namesOf } from "./names.ts"

type Known = Pick<ChannelView, "id" | "kind" | "name" | "shown" | "kinds" | "madeAt">

/** Shows the installation's mail, if it sends any, and the organisation's channels, with how each has done. */
export async function channelViews(
  { channels, deliveries }: Pick<Transaction, "channels" | "deliveries">,
  mail: NotificationWays["mail"],
): Promise<readonly ChannelView[]> {
  const health = new Map((await channels.health()).map((one) => [one.channel, one]))
  const counts = await deliveries.count()
  const counted = (channel: ChannelId, state: "pending" | "failed"): number =>
    counts.find((one) => one.channel === channel && one.state === state)?.deliveries ?? 0
  const shown = (id: ChannelId, known: Known): ChannelView => ({
    ...known,
    waiting: counted(id, "pending"),
    failed: counted(id, "failed"),
    ...healthView(health.get(id)),
  })
  const all = await channels.list()
  return [
    ...(mail ? [shown("email", mailView(mail))] : []),
    ...all.map((channel) => shown(channel.id, knownOf(channel))),
  ]
}

function mailView({ from, server }: NonNullable<NotificationWays["mail"]>): Known {
  const shown = `${from} by ${server.host}:${server.port}`
  return { id: "email", kind: "email", name: "Email", shown, kinds: NOTIFICATION_KINDS, madeAt: null }
}

function knownOf({ id, kind, name, shown, kinds, madeAt }: Channel): Known {
  return { id, kind, name, shown, kinds, madeAt: madeAt.toISOString() }
}

type HealthView = Pick<ChannelView, "failures" | "restsUntil" | "workedAt" | "failedAt" | "said">

function healthView(health: ChannelHealth | undefined): HealthView {
  if (!health) return { failures: 0, restsUntil: null, workedAt: null, failedAt: null, said: null }
  const { failures, restsUntil, workedAt, failedAt, said } = health
  return {
    failures,
    restsUntil: restsUntil?.toISOString() ?? null,
    workedAt: workedAt?.toISOString() ?? null,
    failedAt: failedAt?.toISOString() ?? null,
    said: failures > 0 ? said : null,
  }
}

/** Shows deliveries: of which kind, to whom, and how they stand. */
export async function deliveryViews(
  tx: Pick<Transaction, "facts" | "notifications" | "users">,
  deliveries: readonly Delivery[],
): Promise<readonly DeliveryView[]> {
  const told = await tx.notifications.findAll(deliveries.map(({ notification }) => notification))
  const kinds = new Map(told.map(({ id, kind }) => [id, kind]))
  const names = await namesOf(tx, { people: deliveries.map(({ to }) => to) })
  return deliveries.map((one) => ({
    id: one.id,
    kind: kinds.get(one.notification) ?? null,
    state: one.state,
    to: one.to && names.person(one.to).name,
    madeAt: one.madeAt.toISOString(),
    due: one.state === "pending" ? one.due.toISOString() : null,
    tries: one.tries,
    said: one.said,
    endedAt: one.endedAt?.toISOString() ?? null,
  }))
}
