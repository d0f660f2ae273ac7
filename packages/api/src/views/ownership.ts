import type { TierName } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** An agent that a person was asked to answer for, and has not answered yet. */
export interface OfferView {
  readonly id: string
  readonly agent: { readonly id: string; readonly name: string }
  readonly to: PersonView
  readonly by: PersonView
  readonly note: string | null
  /** What is taken upon oneself with it; null where only the owner changes. */
  readonly terms: { readonly purpose: string; readonly tier: TierName; readonly expiresAt: string } | null
  /** What proves itself as the agent, and who acts for it or for whom it acts: that goes over with it. */
  readonly brings: {
    readonly keys: number
    readonly trustRules: number
    readonly clients: number
    readonly delegations: number
  }
  readonly offeredAt: string
  readonly expiresAt: string
}

export const OfferView: z.ZodType<OfferView> = z.object({
  id: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  to: PersonView,
  by: PersonView,
  note: z.string().nullable(),
  terms: z.object({ purpose: z.string(), tier: z.string(), expiresAt: z.string() }).nullable(),
  brings: z.object({
    keys: z.number(),
    trustRules: z.number(),
    clients: z.number(),
    delegations: z.number(),
  }),
  offeredAt: z.string(),
  expiresAt: z.string(),
})

/** What an organisation has settled. */
export interface SettingsView {
  readonly graceDays: number
  /** How many days before an end by time alone its people are warned, the earliest first. */
  readonly warnDays: readonly number[]
  /** After how many days without a token and a call an agent is suspended. */
  readonly idleDays: number
  /** How many days a leaver's agents wait for somebody before they are suspended. */
  readonly leaverGraceDays: number
  /** How many agents a chain of delegation may hold, whoever acts included. */
  readonly delegationDepth: number
  /** Whether what an agent may do is widened by somebody other than its owner alone. */
  readonly widenedByAnother: boolean
}

export const SettingsView: z.ZodType<SettingsView> = z.object({
  graceDays: z.number(),
  warnDays: z.array(z.number()),
  idleDays: z.number(),
  leaverGraceDays: z.number(),
  delegationDepth: z.number(),
  widenedByAnother: z.boolean(),
})
