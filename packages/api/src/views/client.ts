import type { TierName } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** A registered client, through which people sign agents in. */
export interface ClientView {
  readonly id: string
  readonly name: string
  readonly redirectUris: readonly string[]
  /** Whether it proves itself by a key of its own; a public one does not. */
  readonly authenticates: boolean
  /** Null where it registered itself with a one-time token. */
  readonly createdBy: PersonView | null
  readonly createdAt: string
}
export const ClientView: z.ZodType<ClientView> = z.object({
  id: z.string(),
  name: z.string(),
  redirectUris: z.array(z.string()),
  authenticates: z.boolean(),
  createdBy: PersonView.nullable(),
  createdAt: z.string(),
})

/** A rule by which a client is adopted for whoever signs it in. */
export interface ClientRuleView {
  readonly id: string
  readonly match: string
  readonly purpose: string
  readonly tier: TierName
  readonly days: number
  readonly createdBy: PersonView
  readonly createdAt: string
}
export const ClientRuleView: z.ZodType<ClientRuleView> = z.object({
  id: z.string(),
  match: z.string(),
  purpose: z.string(),
  tier: z.string(),
  days: z.number(),
  createdBy: PersonView,
  createdAt: z.string(),
})

/** What a person lets a client do. */
export interface ClientGrantView {
  readonly id: string
  readonly user: PersonView
  readonly client: string
  readonly name: string
  readonly agent: { readonly id: string; readonly name: string }
  readonly agreedAt: string
  /** When a token was last issued for it; null where none was. */
  readonly lastUsedAt: string | null
}
export const ClientGrantView: z.ZodType<ClientGrantView> = z.object({
  id: z.string(),
  user: PersonView,
  client: z.string(),
  name: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  agreedAt: z.string(),
  lastUsedAt: z.string().nullable(),
})
