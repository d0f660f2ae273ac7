import type { ChannelView, DeliveryView } from "@tabard/api"
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
import { askedId } from "../asked-id.ts"
import type { Handlers } from "../handler.ts"
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

/** How many deliveries a page holds. */
const PAGE = 50

/** What administrators do about channels. */
export function channelHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, ways } = services
  const deps = { ...recordContext(services), transact: shelf.transact, box: ways.box }
  return {
    listNotificationChannels: async () => ({ items: await viewsOf(services), next: null }),
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
    listDeliveries: async (_, { id, state, after }) => {
      const channel = await channelId(services, id)
      const behind = askedId("delivery", "after", after)
      const query = { channel, limit: PAGE, ...(state && { state }), ...(behind && { after: behind }) }
      return shelf.snapshot(async (tx) => {
        const found = await tx.deliveries.list(query)
        const items: readonly DeliveryView[] = await deliveryViews(tx, found)
        return { items, next: found.length === PAGE ? (found.at(-1)?.id ?? null) : null }
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
