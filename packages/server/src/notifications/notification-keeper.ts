import {
  followRecord,
  isRecordAhead,
  LeaseLost,
  NOTIFICATION_LEASE,
  tellDue,
  underLease,
} from "@tabard/control"
import { newHandle } from "@tabard/core"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"
import { sendDue } from "./send-deliveries.ts"
import { type NotificationWays, waysToTell } from "./ways-to-tell.ts"

/** How many transactions of following, and of telling, one round may take before the lease is taken anew. */
const STEPS = 20

/** Answers a round of telling people: one replica decides who is told of what, and every one helps to send. */
export function notificationKeeper(open: OpenOrganisation, ways: NotificationWays): () => Promise<void> {
  const { clock, shelf } = open
  const holder = newHandle()
  const carriers = waysToTell(open, ways)
  const mail = carriers.mail !== null
  const tell = async (fence: number): Promise<void> => {
    await untilIdle(() => followRecord({ clock, transact: shelf.transact, fence }))
    await untilIdle(() => tellDue({ clock, transact: shelf.transact, mail }))
  }
  return async () => {
    const lease = { transact: shelf.transact, clock, holder }
    if (await isAnythingToTell(open)) await underLease(lease, NOTIFICATION_LEASE, tell).catch(unlessLost)
    await sendDue({ clock, shelf, carriers })
  }
}

/** Where nothing happens, nothing is written: not even a lease. */
function isAnythingToTell({ clock, shelf }: OpenOrganisation): Promise<boolean> {
  return shelf.snapshot(
    async (tx) => (await isRecordAhead(tx)) || (await tx.notifications.isDue(clock.now())),
  )
}

async function untilIdle(step: () => Promise<number>): Promise<void> {
  for (let taken = 0; taken < STEPS && (await step()) > 0; taken++);
}

/** Another replica leads now, and goes on where this one was. */
function unlessLost(error: unknown): void {
  if (!(error instanceof LeaseLost)) throw error
}
