import type { DeliveryState, Id } from "@tabard/core"

/** Where deliveries go: the installation's mail, or a channel of the organisation. */
export type ChannelId = "email" | Id<"channel">

/** One notification on its way through one channel. */
export interface Delivery {
  readonly id: Id<"delivery">
  readonly notification: Id<"notification">
  readonly channel: ChannelId
  /** Whose mail it goes into; null where the channel is the organisation's. */
  readonly to: Id<"user"> | null
  /** Whether it waits for the day's mail, to go out with the others. */
  readonly digest: boolean
  readonly state: DeliveryState
  readonly madeAt: Date
  /** When it is to be tried (again). */
  readonly due: Date
  /** How often it was taken up. */
  readonly tries: number
  /** Why the last try failed, in words of ours. */
  readonly said: string | null
  readonly endedAt: Date | null
}

/** What came of one try. */
export type DeliveryOutcome =
  | { readonly kind: "sent"; readonly at: Date }
  | { readonly kind: "dropped"; readonly at: Date; readonly said: string }
  | { readonly kind: "failed"; readonly at: Date; readonly said: string }
  | { readonly kind: "again"; readonly due: Date; readonly said: string }

/** Who takes deliveries up, and until when nobody else does. */
export interface DeliveryClaim {
  readonly now: Date
  /** Where nothing came of it until then, it is taken up again. */
  readonly until: Date
  readonly limit: number
}

/** Keeps deliveries. Each sentence below is a test in delivery-store.contract.ts. */
export interface DeliveryStore {
  /** Keeps those that are new for their notification and channel. */
  add(all: readonly Delivery[]): Promise<void>

  /** Answers the channels through which anything is due. */
  dueIn(now: Date): Promise<readonly ChannelId[]>

  /**
   * Takes up what is due through a channel and waits for no digest, the earliest first. Of any number of callers exactly
   * one is answered each, and each is counted as one more try.
   */
  claim(channel: ChannelId, claim: DeliveryClaim): Promise<readonly Delivery[]>

  /** Takes up, alike, what is due in the digest of one person, whoever has waited longest. */
  claimDigest(claim: DeliveryClaim): Promise<readonly Delivery[]>

  /** Says what came of a try; answers false, and changes nothing, where somebody took it up since or it has ended. */
  settle(delivery: Pick<Delivery, "id" | "tries">, outcome: DeliveryOutcome): Promise<boolean>

  /** Answers a channel's deliveries, the newest first, behind `after`. */
  list(query: {
    channel: ChannelId
    state?: DeliveryState
    after?: Id<"delivery">
    limit: number
  }): Promise<readonly Delivery[]>

  /** Answers how many of each channel's wait and how many failed. */
  count(): Promise<readonly { channel: ChannelId; state: "pending" | "failed"; deliveries: number }[]>

  /** Lets one that failed be tried anew, at once; answers it as it then is, or undefined where none has failed under this id. */
  again(id: Id<"delivery">, now: Date): Promise<Delivery | undefined>

  /** Drops what waits in a channel that is no more; answers how many. */
  dropAll(channel: ChannelId, at: Date, said: string): Promise<number>

  /** Forgets what ended before `before`; answers how many. */
  prune(before: Date): Promise<number>
}
