import type { Id } from "@tabard/core"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { followRecord } from "../follow-record.ts"
import { NOTIFICATION_LEASE, type Notification } from "../notification-store.ts"
import { tellDue } from "../tell-due.ts"

/** A world in which people are told of what happens, as the job would. */
export interface TellingWorld extends ControlWorld {
  /** Gives each event its place in the log, looks at all of them and tells what is due now. */
  tell(): Promise<void>
  /** Only gives events their places. */
  place(): Promise<void>
  /** Takes the lease of telling, as this process or another. */
  lead(holder?: string): Promise<number>
  /** What a person was told, the newest first. */
  toldTo(person: { readonly id: Id<"user"> }): Promise<readonly Notification[]>
}

/** Opens such a world, the first look at the record behind it. */
export async function openTellingWorld(): Promise<TellingWorld> {
  const world = await openControlWorld()
  const { clock, snapshot, transact } = world
  let places = 0
  const lead = async (holder = "test"): Promise<number> =>
    (await transact(({ leases }) => leases.acquire(NOTIFICATION_LEASE, holder, 3600_000, clock.now()))) ?? -1
  const place = async (): Promise<void> => {
    const waiting = await snapshot(({ outbox }) => outbox.unsequenced(1000))
    await transact(async ({ outbox }) => {
      for (const { id } of waiting) await outbox.sequence(id, places++)
    })
  }
  const tell = async (): Promise<void> => {
    await place()
    const fence = await lead()
    while ((await followRecord({ clock, transact, fence })) > 0);
    while ((await tellDue({ clock, transact, mail: true })) > 0);
  }
  await tell()
  return {
    ...world,
    tell,
    place,
    lead,
    toldTo: ({ id: to }) => snapshot(({ notifications }) => notifications.list({ to, limit: 100 })),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}
