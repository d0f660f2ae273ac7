import type { ChannelView } from "@tabard/api"
import {
  type ChannelId,
  findChannel,
  makeChannel,
  removeChannel,
  rotateChannel,
  type ShownChannel,
  sendAgain,
} from "@tabard/control"
import { NOTIFICATIONS, Problem } from "@tabard/core"
import { requireTarget } from "../../notifications/guard-address.ts"
import { testChannel } from "../../notifications/test-channel.ts"
import type { Handlers } from "../handler.ts"
import { byId, type ListOrder, NAME_PLACE, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { channelViews, deliveryViews } from "../views/channel-views.ts"

type Names =
  | "listNotificationChannels"
  | "createNotificationChannel"
  | "testNotificationChannel"
  | "rotateNotificationChannel"
  | "removeNotificationChannel"
  | "listDeliveries"
  | "sendDeliveryAgain"

const DELIVERIES = byId("deliveries", "delivery")

/** The installation's mail, then the channels as they were made. */
const CHANNELS: ListOrder<ChannelView, string> = { list: "channels", placeOf: placeIn, place: NAME_PLACE }

function placeIn({ id }: ChannelView): string {
  return id === "email" ? "" : id
}

/** What administrators do about channels. */
export function channelHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, ways } = services
  const deps = { ...recordContext(services), transact: shelf.transact, box: ways.box }
  return {
    listNotificationChannels: (_, asked) =>
      pageOf(CHANNELS, asked, async ({ after, limit }) => {
        const all = (await viewsOf(services)).toSorted((a, b) => (placeIn(a) < placeIn(b) ? -1 : 1))
        return all.filter((one) => after === undefined || placeIn(one) > after).slice(0, limit)
      }),
    createNotificationChannel: async ({ user }, wish) => {
      const { href: url } = requireTarget(ways.rules, wish.url)
      const kinds = [...new Set(wish.kinds)]
      const own = kinds.find((kind) => !NOTIFICATIONS[kind].shared)
      if (own) throw new Problem("body_invalid", `${own} is a person's own: no channel carries it`)
      return shownOnce(services, await makeChannel(deps, user, { ...wish, url, kinds }))
    },
    testNotificationChannel: async ({ user }, { id }) => {
      const carried = await testChannel(services, await channelId(services, id), user)
      return carried.kind === "sent" ? { sent: true, said: null } : { sent: false, said: carried.said }
    },
    rotateNotificationChannel: async ({ user }, { id }) =>
      shownOnce(services, await rotateChannel(deps, user, id)),
    removeNotificationChannel: async ({ user }, { id }) => {
      await removeChannel(deps, user, id)
      return {}
    },
    listDeliveries: async (_, { id, state, ...asked }) => {
      const wanted = { channel: await channelId(services, id), ...(state && { state }) }
      return shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(DELIVERIES, asked, (from) =>
          tx.deliveries.list({ ...wanted, ...from }),
        )
        return { items: await deliveryViews(tx, items), next }
      })
    },
    sendDeliveryAgain: async ({ user }, { id }) => {
      await sendAgain(deps, user, id)
      return {}
    },
  }
}

async function channelId({ shelf, ways }: ApiServices, id: string): Promise<ChannelId> {
  if (id === "email" && ways.mail) return id
  return (await shelf.snapshot((tx) => findChannel(tx, id))).id
}

function viewsOf({ shelf, ways }: ApiServices): Promise<readonly ChannelView[]> {
  return shelf.snapshot((tx) => channelViews(tx, ways.mail))
}

async function shownOnce(
  services: ApiServices,
  { channel, secret }: ShownChannel,
): Promise<ChannelView & { secret: string | null }> {
  const view = (await viewsOf(services)).find(({ id }) => id === channel.id)
  if (!view) throw new Problem("channel_not_found", "the channel was removed meanwhile")
  return { ...view, secret }
}
