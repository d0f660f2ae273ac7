import { z } from "zod"
import { EventView } from "./event.ts"
import { PersonView } from "./person.ts"

/** Where a question stands, in one word. */
export const APPROVAL_STATES = ["pending", "approved", "denied", "expired", "cancelled"] as const

/** One question to people, as a card shows it. */
export interface ApprovalView {
  readonly id: string
  readonly agent: { readonly id: string; readonly name: string }
  readonly task: { readonly id: string; readonly text: string } | null
  readonly onBehalfOf: PersonView | null
  readonly server: { readonly id: string; readonly name: string }
  readonly tool: string
  readonly effects: readonly string[]
  readonly arguments: unknown
  readonly resource: string
  /** Why it is asked, from the policies that asked. */
  readonly say: readonly string[]
  readonly policies: readonly string[]
  readonly state: (typeof APPROVAL_STATES)[number]
  readonly answeredBy: PersonView | null
  /** When it was answered, withdrawn or found expired; null while it waits. */
  readonly answeredAt: string | null
  readonly spent: boolean
  readonly createdAt: string
  readonly expiresAt: string
  /** Whether the person who asks may answer it. */
  readonly mayAnswer: boolean
  /** What the agent did last, while an answer is waited for; empty once there is one. */
  readonly before: readonly EventView[]
}

export const ApprovalView: z.ZodType<ApprovalView> = z.object({
  id: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  task: z.object({ id: z.string(), text: z.string() }).nullable(),
  onBehalfOf: PersonView.nullable(),
  server: z.object({ id: z.string(), name: z.string() }),
  tool: z.string(),
  effects: z.array(z.string()),
  arguments: z.unknown(),
  resource: z.string(),
  say: z.array(z.string()),
  policies: z.array(z.string()),
  state: z.enum(APPROVAL_STATES),
  answeredBy: PersonView.nullable(),
  answeredAt: z.string().nullable(),
  spent: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  mayAnswer: z.boolean(),
  before: z.array(EventView),
})
