import {
  type ChannelBox,
  type ChannelWish,
  type Delivery,
  makeChannel,
  type RecordContext,
  type Shelf,
  type ShownChannel,
  tellDue,
} from "@tabard/control"
import {
  type Id,
  type JsonObject,
  ManualClock,
  type NotificationKind,
  newId,
  type Organisation,
  type User,
} from "@tabard/core"
import { openTemporarySqlite } from "@tabard/store/testing"
import { channelBox } from "../channel-box.ts"
import { targetRules } from "../guard-address.ts"
import type { MailConfig } from "../notification-config.ts"
import { sendDue } from "../send-deliveries.ts"
import { readSmtpServer } from "../smtp-server.ts"
import { waysToTell } from "../ways-to-tell.ts"

/** An organisation on a true store whose notifications go out over true connections. */
export interface SendingWorld extends RecordContext, Shelf, AsyncDisposable {
  readonly clock: ManualClock
  readonly organisation: Organisation
  readonly box: ChannelBox
  person(differs?: Partial<User>): Promise<User>
  channel(wish: Partial<ChannelWish> & { url: string }): Promise<ShownChannel>
  /** Lets something be told to a person, or to the organisation's channels. */
  happen(
    to: User | null,
    differs?: { kind?: NotificationKind; details?: JsonObject; agent?: Id<"agent"> | null },
  ): Promise<void>
  /** Sends what is due, as one of the replicas would. */
  send(): Promise<void>
  deliveries(channel: Delivery["channel"]): Promise<readonly Delivery[]>
}

/** Opens such a world, over a mail server if one is named. */
export async function openSendingWorld(mail: MailConfig | null = null): Promise<SendingWorld> {
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  const opened = await openTemporarySqlite({ clock })
  const organisation = await opened.store.ensureOrganisation("acme", () => ({
    id: newId("organisation", clock),
    slug: "acme",
    name: "Acme <b>& Sons</b>",
    trustDomain: "acme.example",
  }))
  const shelf = opened.store.shelf(organisation.id)
  const box = channelBox(organisation, new Uint8Array(32).fill(7))
  const ways = {
    mail: mail && { from: mail.from, server: await readSmtpServer(mail) },
    rules: targetRules({ production: false, listed: [] }),
    box,
  }
  const carriers = waysToTell({ clock, organisation, publicUrl: "https://tabard.acme.example" }, ways)
  const context = { organisation, clock, transact: shelf.transact, box }
  const person = async (differs: Partial<User> = {}): Promise<User> => {
    const id = newId("user", clock)
    const user: User = {
      id,
      name: "Ada",
      email: `${id}@acme.example`,
      role: "administrator",
      active: true,
      createdAt: clock.now(),
      ...differs,
    }
    await shelf.transact(({ users }) => users.insert(user))
    return user
  }
  return {
    ...context,
    ...shelf,
    person,
    async channel(wish) {
      const whole = { kind: "webhook", name: "On call", kinds: ["agents-found"], ...wish } as const
      return makeChannel(context, await person(), whole)
    },
    async happen(to, { kind = "agents-found", details = { count: 3 }, agent = null } = {}) {
      const [at, due] = [clock.now(), clock.now()]
      const about = { kind, event: newId("event", clock), agent, subject: null, details, at, due }
      const one = { id: newId("notification", clock), to: to && to.id, ...about, readAt: null }
      await shelf.transact(({ notifications }) => notifications.add([one]))
      await tellDue({ clock, transact: shelf.transact, mail: mail !== null })
    },
    send: () => sendDue({ clock, shelf, carriers }),
    deliveries: (channel) => shelf.snapshot((tx) => tx.deliveries.list({ channel, limit: 1000 })),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
