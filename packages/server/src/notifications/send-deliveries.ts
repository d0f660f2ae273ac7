import {
  type Channel,
  type ChannelHealth,
  type ChannelId,
  type Delivery,
  howTold,
  isStillSo,
  type Notification,
  type Shelf,
  type Transaction,
  viewsOver,
} from "@tabard/control"
import type { Clock, User } from "@tabard/core"
import type { Carried, Carrier } from "./carrier.ts"
import { allowance, outcomeOf, restUntil } from "./retry.ts"
import { type Told, tellAll } from "./told.ts"

/** What can carry: the installation's mail, where it has any, and the organisation's channels. */
export interface Carriers {
  readonly mail: Carrier | null
  channel(channel: Channel): Carrier
}

export interface SendDeps {
  readonly clock: Clock
  readonly shelf: Shelf
  readonly carriers: Carriers
}

/** How many deliveries of one channel, and how many days' mails, are taken up in one round. */
const AT_ONCE = 25
const DIGESTS = 20
/** The most notifications of one day's mail. */
const IN_DIGEST = 500
/** How many go out beside each other. */
const BESIDE = 5
/** What could not be sent for so long, since there was nothing to send it by, is no news any more. */
const STALE_MS = 2 * 24 * 60 * 60 * 1000
/** Longer than all that are taken up together need; where the process dies meanwhile, another goes on after it. */
const CLAIM_MS = 2 * 60 * 1000

/**
 * Sends what is due, through each channel beside the others, so that a slow one keeps none waiting. Of many replicas one
 * takes each delivery up; where it dies before it could say what came of it, the delivery is sent again under the same id.
 */
export async function sendDue(deps: SendDeps): Promise<void> {
  const now = deps.clock.now()
  const { due, channels, health } = await deps.shelf.snapshot((tx) => whatIsDue(tx, now))
  const may = (channel: ChannelId, usual: number): number =>
    due.has(channel) ? allowance(health.get(channel), now, usual) : 0
  const { mail } = deps.carriers
  await Promise.all([
    ...channels.map((channel) =>
      sendThrough(deps, deps.carriers.channel(channel), channel.id, may(channel.id, AT_ONCE)),
    ),
    ...(mail ? [sendThrough(deps, mail, "email", may("email", AT_ONCE))] : []),
    ...(mail ? [sendDigests(deps, mail, may("email", DIGESTS))] : []),
  ])
}

interface Due {
  readonly due: ReadonlySet<ChannelId>
  readonly channels: readonly Channel[]
  readonly health: ReadonlyMap<ChannelId, ChannelHealth>
}

async function whatIsDue({ channels, deliveries }: Transaction, now: Date): Promise<Due> {
  const due = new Set(await deliveries.dueIn(now))
  if (due.size === 0) return { due, channels: [], health: new Map() }
  const health = new Map((await channels.health()).map((one) => [one.channel, one]))
  return { due, channels: await channels.list(), health }
}

async function sendThrough(
  deps: SendDeps,
  carrier: Carrier,
  ...[channel, limit]: [ChannelId, number]
): Promise<void> {
  if (limit === 0) return
  const claim = { ...claimOf(deps), limit }
  const taken = [...(await deps.shelf.transact(({ deliveries }) => deliveries.claim(channel, claim)))]
  const work = async (): Promise<void> => {
    for (let one = taken.shift(); one; one = taken.shift()) await sendTogether(deps, carrier, [one])
  }
  await Promise.all(Array.from({ length: BESIDE }, work))
}

async function sendDigests(deps: SendDeps, carrier: Carrier, limit: number): Promise<void> {
  for (let sent = 0; sent < limit; sent++) {
    const claim = { ...claimOf(deps), limit: IN_DIGEST }
    const taken = await deps.shelf.transact(({ deliveries }) => deliveries.claimDigest(claim))
    if (taken.length === 0) return
    await sendTogether(deps, carrier, taken)
  }
}

function claimOf({ clock }: SendDeps): { now: Date; until: Date } {
  const now = clock.now()
  return { now, until: new Date(now.getTime() + CLAIM_MS) }
}

/** Sends deliveries of one person or channel in one parcel, and says of each what came of it. */
async function sendTogether(deps: SendDeps, carrier: Carrier, taken: readonly Delivery[]): Promise<void> {
  const { clock, shelf } = deps
  const ready = await shelf.snapshot((tx) => prepare(tx, taken, clock.now()))
  await settle(
    deps,
    taken.filter(({ id }) => !ready.deliveries.has(id)),
    DROPPED,
  )
  const [first] = [...ready.deliveries]
  if (!first) return
  const { told, user } = ready
  const to = user ? { name: user.name, email: user.email } : null
  const digest = taken.some((one) => one.digest)
  const carried = await carrier.carry({ id: first, told, digest, to })
  await settle(
    deps,
    taken.filter(({ id }) => ready.deliveries.has(id)),
    carried,
  )
}

const DROPPED = "dropped"

interface Ready {
  readonly deliveries: ReadonlySet<Delivery["id"]>
  readonly told: readonly Told[]
  readonly user: User | undefined
}

/** Asks again, as it is sent, whether it is still so and its reader may see it, and puts it into words. */
async function prepare(tx: Transaction, taken: readonly Delivery[], now: Date): Promise<Ready> {
  const user = taken[0]?.to ? await tx.users.find(taken[0].to) : undefined
  const view = await viewsOver(tx)(user)
  const fresh = taken.filter(({ madeAt }) => now.getTime() - madeAt.getTime() <= STALE_MS)
  const found = await tx.notifications.findAll(fresh.map(({ notification }) => notification))
  const still: Notification[] = []
  for (const one of found) {
    const wanted = one.to === null || howTold(one, user, await tx.choices.find(one.to)) !== "nothing"
    if (wanted && (await isStillSo(view, one, { now, user }))) still.push(one)
  }
  const words = await tellAll(view, still)
  const deliveries = taken.filter(({ notification }) => words.has(notification)).map(({ id }) => id)
  const told = [...words.values()].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return { deliveries: new Set(deliveries), told, user }
}

async function settle(
  { clock, shelf }: SendDeps,
  deliveries: readonly Delivery[],
  carried: Carried | typeof DROPPED,
): Promise<void> {
  const [first] = deliveries
  if (!first) return
  const now = clock.now()
  await shelf.transact(async (tx) => {
    for (const one of deliveries) {
      const outcome =
        carried === DROPPED
          ? ({
              kind: "dropped",
              at: now,
              said: "it is not so any more, no news, or not theirs to hear",
            } as const)
          : outcomeOf(one, carried, now)
      await tx.deliveries.settle(one, outcome)
    }
    if (carried !== DROPPED) await noteHealth(tx, first.channel, carried, now)
  })
}

/** Keeps how a channel did: one that fails again and again is left alone for a while. */
export async function noteHealth(
  { channels }: Pick<Transaction, "channels">,
  channel: ChannelId,
  ...[carried, now]: [Carried, Date]
): Promise<void> {
  if (carried.kind === "sent") await channels.worked(channel, now)
  if (carried.kind !== "unavailable") return
  const until = restUntil(await channels.failed(channel, now, carried.said), now)
  if (until) await channels.rest(channel, until)
}
