import { type Clock, NOTIFICATIONS, type NotificationKind, newId } from "@tabard/core"
import { LeaseLost } from "../audit/log/write-log.ts"
import type { Transact, Transaction } from "../transaction.ts"
import type { Notification } from "./notification-store.ts"
import { type ReadEvent, readEvent } from "./read-event.ts"
import type { Telling, TellingStores } from "./telling.ts"
import { isTold, tellingsOf } from "./tellings-of.ts"

/** The stores that following touches. */
type FollowStores = TellingStores & Pick<Transaction, "channels" | "logState" | "notifications" | "outbox">

export interface FollowDeps {
  readonly clock: Clock
  readonly transact: Transact<keyof FollowStores>
  /** This process's number of NOTIFICATION_LEASE. */
  readonly fence: number
}

/** How many events are looked at in one transaction. */
const BATCH = 100

/**
 * Looks at the next events in the order of the log, and keeps who is to be told of them in the transaction that moves the
 * place: stopped at any line, the next run goes on where this one was, and nobody is told of an event twice or never. The
 * first run begins at the end, so that nobody is told of years past. Answers how many events it looked at.
 *
 * @throws {LeaseLost} where another process leads by now
 */
export async function followRecord({ clock, transact, fence }: FollowDeps): Promise<number> {
  return transact(async (tx) => {
    const from = await tx.notifications.place()
    const events = from === undefined ? [] : await tx.outbox.range(from, from + BATCH)
    const to = from === undefined ? ((await tx.logState.find())?.sequenced ?? 0) : from + events.length
    if (from === to) return 0
    const told = events.filter(({ type }) => isTold(type)).map(readEvent)
    const carried = new Set(told.length > 0 ? await carriedKinds(tx) : [])
    for (const event of told) {
      const tellings = await tellingsOf(tx, event)
      const made = tellings.flatMap((telling) => notificationsOf(clock, event, telling))
      await tx.notifications.add(made.filter(({ to: person, kind }) => person !== null || carried.has(kind)))
    }
    if (!(await tx.notifications.movePlace(from, to, fence)))
      throw new LeaseLost("another process looks after who is told of what")
    return events.length
  })
}

/** What the organisation's channels carry: what none does is kept for nobody but the people whom it concerns. */
async function carriedKinds({ channels }: FollowStores): Promise<readonly NotificationKind[]> {
  return (await channels.list()).flatMap(({ kinds }) => kinds)
}

/** Answers whether there is anything to look at: where nothing happens, nothing is written either. */
export async function isRecordAhead({
  logState,
  notifications,
}: Pick<FollowStores, "logState" | "notifications">): Promise<boolean> {
  const place = await notifications.place()
  return place === undefined || ((await logState.find())?.sequenced ?? 0) > place
}

function notificationsOf(clock: Clock, event: ReadEvent, telling: Telling): readonly Notification[] {
  const { kind, agent = null, subject = null, details = {}, due = event.at } = telling
  // What the organisation may hear is told to it too, for its channels.
  const to = [...telling.to, ...(NOTIFICATIONS[kind].shared ? [null] : [])]
  const about = { kind, event: event.id, agent, subject, details, at: event.at, readAt: null }
  return to.map((person) => ({
    id: newId("notification", clock),
    to: person,
    ...about,
    due: due < event.at ? event.at : due,
  }))
}
