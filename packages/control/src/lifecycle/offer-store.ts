import type { Id, OfferEnd, OwnershipOffer } from "@tabard/core"

/** Keeps offers of ownership. Each sentence below is a test in offer-store.contract.ts. */
export interface OfferStore {
  /** Keeps an offer; rejects where the id is taken, or where the agent has another one pending. */
  insert(offer: OwnershipOffer): Promise<void>

  /** Keeps offers, all of them or, where `insert` would reject one, none. */
  insertAll(offers: readonly OwnershipOffer[]): Promise<void>

  /** Answers undefined where there is no such offer here. */
  find(id: Id<"offer">): Promise<OwnershipOffer | undefined>

  /** Answers the offers of these agents that could still be accepted at `now`, at most one an agent. */
  pendingOf(agents: readonly Id<"agent">[], now: Date): Promise<readonly OwnershipOffer[]>

  /** Answers the offers to one person that could still be accepted at `now`, the oldest first, those behind `after`. */
  pendingTo(
    user: Id<"user">,
    now: Date,
    page: { readonly after?: Pick<OwnershipOffer, "id" | "offeredAt">; readonly limit: number },
  ): Promise<readonly OwnershipOffer[]>

  /**
   * Ends a pending offer. It is accepted and declined before its time is over alone. Of any number of calls for one
   * offer, at once or one after another, exactly one answers true; the others answer false and change nothing.
   */
  end(id: Id<"offer">, how: Exclude<OfferEnd, "expired">, at: Date): Promise<boolean>

  /** Withdraws whatever offers of these agents are pending, and answers them as they were. */
  withdraw(agents: readonly Id<"agent">[], at: Date): Promise<readonly OwnershipOffer[]>

  /** Marks pending offers whose time was over at `now` as expired, and answers them as they were. */
  expire(now: Date, limit: number): Promise<readonly OwnershipOffer[]>
}
