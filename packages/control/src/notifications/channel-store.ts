import type { Id, NotificationKind } from "@tabard/core"
import type { ChannelId } from "./delivery-store.ts"

/** What a channel of the organisation speaks: our events, signed, or what Slack and its kin take. */
export const CHANNEL_KINDS = ["webhook", "slack"] as const

/** One kind of channel. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** A channel of the organisation. Its address and its secrets are sealed: nothing that is shown or recorded tells them. */
export interface Channel {
  readonly id: Id<"channel">
  readonly kind: ChannelKind
  readonly name: string
  /** Enough of its address to know it by. */
  readonly shown: string
  readonly sealed: Uint8Array
  /** What it carries. */
  readonly kinds: readonly NotificationKind[]
  readonly madeBy: Id<"user">
  readonly madeAt: Date
}

/** How a channel has done lately. */
export interface ChannelHealth {
  readonly channel: ChannelId
  /** How many tries in a row failed. */
  readonly failures: number
  /** Until when it is left alone. */
  readonly restsUntil: Date | null
  readonly workedAt: Date | null
  readonly failedAt: Date | null
  /** Why the last try failed, in words of ours. */
  readonly said: string | null
}

/** Keeps channels. Each sentence below is a test in channel-store.contract.ts. */
export interface ChannelStore {
  /** Rejects where the id is taken. */
  insert(channel: Channel): Promise<void>

  /** Answers undefined where there is none or it was removed. */
  find(id: Id<"channel">): Promise<Channel | undefined>

  /** Answers the channels that are not removed, the oldest first. */
  list(): Promise<readonly Channel[]>

  /** Replaces what is sealed where it still is `from`; answers false where it is not. */
  reseal(id: Id<"channel">, from: Uint8Array, sealed: Uint8Array): Promise<boolean>

  /** Removes a channel, what it sealed with it; of any number of calls exactly one answers true. */
  remove(id: Id<"channel">, at: Date): Promise<boolean>

  /** Answers how channels have done; one that was never tried is not among them. */
  health(): Promise<readonly ChannelHealth[]>

  /** Says that a channel worked: its failures are over. */
  worked(channel: ChannelId, at: Date): Promise<void>

  /** Says that a channel failed, once more; answers how many times in a row now. */
  failed(channel: ChannelId, at: Date, said: string): Promise<number>

  /** Leaves a channel alone until a time. */
  rest(channel: ChannelId, until: Date): Promise<void>
}
