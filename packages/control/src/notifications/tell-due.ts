import { type Clock, type HowTold, type Id, isToldTo, NOTIFICATIONS, newId, type User } from "@tabard/core"
import { ownReads } from "../access/own-reads.ts"
import { seenIn } from "../access/own-sight.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Choices } from "./choice-store.ts"
import { USUAL_CHOICES } from "./choice-store.ts"
import type { Delivery } from "./delivery-store.ts"
import type { Notification } from "./notification-store.ts"
import { isStillSo } from "./still-so.ts"

export interface TellDeps {
  readonly clock: Clock
  readonly transact: Transact
  /** Whether the installation can send mail. */
  readonly mail: boolean
}

/** How many are told in one transaction. */
const BATCH = 100

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/**
 * Tells what is due: into the list of each person whom it still concerns, who may see it and did not choose to hear
 * nothing of it, and onto its way by mail and channels. The rest is taken back. Answers how many were looked at.
 */
export async function tellDue(deps: TellDeps): Promise<number> {
  const now = deps.clock.now()
  return deps.transact(async (tx) => {
    const due = await tx.notifications.ripen(now, BATCH)
    const views = viewsOver(tx)
    const choices = await tx.choices.findAll(due.flatMap(({ to }) => to ?? []))
    const over: Id<"notification">[] = []
    for (const one of due) {
      const user = one.to === null ? undefined : await tx.users.find(one.to)
      const how = one.to === null ? "at-once" : howTold(one, user, choices.get(one.to))
      const told = how !== "nothing" && (await isStillSo(await views(user), one, { now, user }))
      if (!told) over.push(one.id)
      else await tx.deliveries.add(await waysOf(deps, tx, { one, how, digestHour: hourOf(one, choices) }))
    }
    await tx.notifications.withdraw(over)
    return due.length
  })
}

/** Answers the stores as a person sees them: narrowed for a member, whole for everybody else and the organisation. */
export function viewsOver(tx: Transaction): (user: User | undefined) => Promise<Transaction> {
  const views = new Map<Id<"user">, Promise<Transaction>>()
  return (user) => {
    if (user?.role !== "member") return Promise.resolve(tx)
    const view = views.get(user.id) ?? seenIn(tx, user.id, new Set()).then((sight) => ownReads(tx, sight))
    views.set(user.id, view)
    return view
  }
}

/** Answers how a person is told of a kind: nothing where they are switched off, or it is none of their role's business. */
export function howTold(
  { kind }: Pick<Notification, "kind">,
  user: User | undefined,
  choices: Choices = USUAL_CHOICES,
): HowTold {
  if (!user?.active || !isToldTo(kind, user.role)) return "nothing"
  return choices.kinds[kind] ?? NOTIFICATIONS[kind].usually
}

function hourOf({ to }: Notification, choices: ReadonlyMap<Id<"user">, Choices>): number {
  return ((to && choices.get(to)) || USUAL_CHOICES).digestHour
}

interface Way {
  readonly one: Notification
  readonly how: HowTold
  readonly digestHour: number
}

async function waysOf(
  { clock, mail }: TellDeps,
  { channels }: Pick<Transaction, "channels">,
  { one, how, digestHour }: Way,
): Promise<readonly Delivery[]> {
  const now = clock.now()
  if (one.to === null) {
    const carrying = (await channels.list()).filter(({ kinds }) => kinds.includes(one.kind))
    return carrying.map(({ id }) => newDelivery(clock, one, { channel: id, digest: false, due: now }))
  }
  if (!mail) return []
  const digest = how === "digest"
  const due = digest ? nextDigest(now, digestHour) : now
  return [newDelivery(clock, one, { channel: "email", digest, due })]
}

function newDelivery(
  clock: Clock,
  { id: notification, to }: Notification,
  way: Pick<Delivery, "channel" | "digest" | "due">,
): Delivery {
  const fresh = { state: "pending", tries: 0, said: null, endedAt: null } as const
  return { id: newId("delivery", clock), notification, to, ...way, ...fresh, madeAt: clock.now() }
}

/** Answers the next time at which a day's mail goes out at this hour (UTC). */
export function nextDigest(now: Date, hour: number): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS + hour * HOUR_MS
  return new Date(today > now.getTime() ? today : today + DAY_MS)
}
