import { type ChannelId, findChannel } from "@tabard/control"
import { newId, type User } from "@tabard/core"
import type { ApiServices } from "../api/services.ts"
import type { Carried, Carrier, Parcel } from "./carrier.ts"
import { noteHealth } from "./send-deliveries.ts"
import { waysToTell } from "./ways-to-tell.ts"

/** Sends a test through a channel now, by mail to whoever asks, and keeps how the channel did. */
export async function testChannel(services: ApiServices, channel: ChannelId, by: User): Promise<Carried> {
  const { clock, shelf } = services
  const carrier = await carrierOf(services, channel)
  const carried = await carrier.carry(testParcel(services, by))
  await shelf.transact((tx) => noteHealth(tx, channel, carried, clock.now()))
  return carried
}

async function carrierOf(services: ApiServices, id: ChannelId): Promise<Carrier> {
  const { shelf, ways } = services
  const carriers = waysToTell(services, ways)
  if (id === "email") return carriers.mail ?? NO_MAIL
  return carriers.channel(await shelf.snapshot((tx) => findChannel(tx, id)))
}

const NO_MAIL: Carrier = {
  carry: async () => ({ kind: "refused", said: "this installation sends no mail" }),
}

function testParcel({ clock }: ApiServices, { name, email }: User): Parcel {
  const told = {
    id: newId("notification", clock),
    kind: "test",
    title: "A test from Tabard",
    detail: "This channel works. Nothing happened.",
    path: "/settings?tab=notifications",
    at: clock.now(),
  } as const
  return { id: newId("delivery", clock), told: [told], digest: false, to: { name, email } }
}
