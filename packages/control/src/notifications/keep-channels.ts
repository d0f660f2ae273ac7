import { isId, type NotificationKind, newId, Problem } from "@tabard/core"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type ChannelBox, newSigningSecret } from "./channel-seal.ts"
import type { Channel, ChannelKind } from "./channel-store.ts"
import type { Delivery } from "./delivery-store.ts"

export interface ChannelDeps extends RecordContext {
  readonly transact: Transact<"channels" | "deliveries" | "outbox">
  readonly box: ChannelBox
}

/** What a channel is made with. */
export interface ChannelWish {
  readonly kind: ChannelKind
  readonly name: string
  readonly url: string
  readonly kinds: readonly NotificationKind[]
}

/** A channel as it is made or given a new secret: the secret is shown this once, and null where the address is the secret. */
export interface ShownChannel {
  readonly channel: Channel
  readonly secret: string | null
}

/** The most channels of one organisation. */
const MOST_CHANNELS = 20

/** How long a secret that was replaced still signs beside the new one: time to change it at the other end. */
const OVERLAP_MS = 24 * 60 * 60 * 1000

/**
 * Makes a channel that carries what the organisation may hear. Its address is sealed before it is kept.
 *
 * @throws {Problem} not_allowed
 */
export async function makeChannel(deps: ChannelDeps, by: Caller, wish: ChannelWish): Promise<ShownChannel> {
  assertAdministrator(by)
  const { kind, name, url, kinds } = wish
  const id = newId("channel", deps.clock)
  const secret = kind === "webhook" ? newSigningSecret() : null
  const sealed = deps.box.seal(id, { url, signing: secret === null ? [] : [{ secret, until: null }] })
  const madeAt = deps.clock.now()
  const channel: Channel = { id, kind, name, shown: shownAddress(url), sealed, kinds, madeBy: by.id, madeAt }
  await deps.transact(async (tx) => {
    if ((await tx.channels.list()).length >= MOST_CHANNELS)
      throw new Problem("not_allowed", `there are ${MOST_CHANNELS} channels: remove one that is not needed`)
    await tx.channels.insert(channel)
    await recordEvent(deps, tx.outbox, channelEvent("channel.made", by, channel))
  })
  return { channel, secret }
}

/**
 * Gives a webhook a new signing secret. The one before signs beside it for a day.
 *
 * @throws {Problem} not_allowed, channel_not_found, body_invalid
 */
export async function rotateChannel(deps: ChannelDeps, by: Caller, id: string): Promise<ShownChannel> {
  assertAdministrator(by)
  const secret = newSigningSecret()
  return deps.transact(async (tx) => {
    const channel = await findChannel(tx, id)
    if (channel.kind !== "webhook")
      throw new Problem("body_invalid", "only webhooks are signed: make a new channel with the new address")
    const { url, signing } = deps.box.open(channel.id, channel.sealed)
    const until = deps.clock.now().getTime() + OVERLAP_MS
    const [last] = signing
    const before = last ? [{ ...last, until }] : []
    const sealed = deps.box.seal(channel.id, { url, signing: [{ secret, until: null }, ...before] })
    if (!(await tx.channels.reseal(channel.id, channel.sealed, sealed))) throw noChannel(id)
    await recordEvent(deps, tx.outbox, channelEvent("channel.rotated", by, channel))
    return { channel: { ...channel, sealed }, secret }
  })
}

/**
 * Removes a channel with what it sealed; what waits in it is dropped.
 *
 * @throws {Problem} not_allowed, channel_not_found
 */
export async function removeChannel(deps: ChannelDeps, by: Caller, id: string): Promise<void> {
  assertAdministrator(by)
  await deps.transact(async (tx) => {
    const channel = await findChannel(tx, id)
    const now = deps.clock.now()
    if (!(await tx.channels.remove(channel.id, now))) throw noChannel(id)
    await tx.deliveries.dropAll(channel.id, now, "the channel was removed")
    await recordEvent(deps, tx.outbox, channelEvent("channel.removed", by, channel))
  })
}

/**
 * Lets a delivery that failed be tried anew.
 *
 * @throws {Problem} not_allowed, delivery_not_found
 */
export async function sendAgain(deps: ChannelDeps, by: Caller, id: string): Promise<Delivery> {
  assertAdministrator(by)
  return deps.transact(async ({ deliveries, outbox }) => {
    const again = isId("delivery", id) ? await deliveries.again(id, deps.clock.now()) : undefined
    if (!again) throw new Problem("delivery_not_found", `no delivery ${id.slice(0, 80)} has failed`)
    await recordEvent(deps, outbox, {
      type: "delivery.retried",
      actor: { kind: "user", id: by.id },
      data: { delivery: again.id, channel: again.channel },
    })
    return again
  })
}

/**
 * Answers a channel by what a caller named it.
 *
 * @throws {Problem} channel_not_found
 */
export async function findChannel({ channels }: Pick<Transaction, "channels">, id: string): Promise<Channel> {
  const channel = isId("channel", id) ? await channels.find(id) : undefined
  if (!channel) throw noChannel(id)
  return channel
}

/** Shortens an address to what it is known by; for Slack and its kin the path is the secret. */
function shownAddress(url: string): string {
  return `${new URL(url).origin}/…`
}

function channelEvent(
  type: "channel.made" | "channel.rotated" | "channel.removed",
  by: Caller,
  { id, kind, name, kinds }: Channel,
): AuditEvent {
  const actor = { kind: "user", id: by.id } as const
  return {
    type,
    actor,
    data: { channel: id, kind, name, ...(type === "channel.made" && { kinds: [...kinds] }) },
  }
}

function assertAdministrator({ role }: Caller): void {
  if (role !== "administrator") throw new Problem("not_allowed", "administrators look after channels")
}

function noChannel(id: string): Problem {
  return new Problem("channel_not_found", `there is no channel ${id.slice(0, 80)} (any more)`)
}
