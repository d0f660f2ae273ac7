import type { Delivery } from "@tabard/control"
import type { Told } from "./told.ts"

/** What a channel is given to carry: one notification, or a day's. */
export interface Parcel {
  /** The same however often it is tried, so that a receiver can tell a repetition. */
  readonly id: Delivery["id"]
  readonly told: readonly Told[]
  readonly digest: boolean
  /** To whom, where it is a mail. */
  readonly to: { readonly name: string; readonly email: string } | null
}

/** What became of it. */
export type Carried =
  | { readonly kind: "sent" }
  /** It will never be taken: trying again is no use, and the channel is well. */
  | { readonly kind: "refused"; readonly said: string }
  /** The channel did not do it, this time. */
  | { readonly kind: "unavailable"; readonly said: string }

/** One channel, ready to carry. It never throws for what the other end does, and says nothing of addresses and secrets. */
export interface Carrier {
  carry(parcel: Parcel): Promise<Carried>
}
