import { z } from "zod"
import { EventView } from "./event.ts"
import { PersonView } from "./person.ts"

/** Where a question stands, in one word. */
export const APPROVAL_STATES = ["pending", "approved", "denied", "expired", "cancelled"] as const

/** What a token would be good for, as its person is shown it. */
export interface TokenAskedView {
  /** The words that the person sees where the agent runs as well. */
  readonly message: string | null
  /** Effect classes; null where its intent alone bounds it. */
  readonly scope: readonly string[] | null
  readonly calls: number | null
  /** The one agent that it could be handed to. */
  readonly mayAct: { readonly id: string; readonly name: string } | null
}

/** One of those who are asked, each of whom has to agree: so many people of whom, and how many have. */
export interface AskedView {
  /** "the owner", "2 people among security and the team Payments". */
  readonly who: string
  readonly needed: number
  readonly agreed: number
}

/** A person's yes, and when they gave it. */
export interface AgreedView {
  readonly by: PersonView
  readonly at: string
}

/** One question to people, as a card shows it. */
export interface ApprovalView {
  readonly id: string
  readonly agent: { readonly id: string; readonly name: string }
  readonly task: { readonly id: string; readonly text: string } | null
  readonly onBehalfOf: PersonView | null
  /** Null where a token is asked for, and no call. */
  readonly server: { readonly id: string; readonly name: string } | null
  /** `token.issue` where a token is asked for. */
  readonly tool: string
  readonly effects: readonly string[]
  readonly arguments: unknown
  /** What the token would be good for that is asked for, by which the agent acts for whoever answers; null for a call. */
  readonly token: TokenAskedView | null
  readonly resource: string
  /** Why it is asked, from the policies that asked. */
  readonly say: readonly string[]
  readonly policies: readonly string[]
  /** Who is asked, each of whom has to agree; none where a person is asked for a token. */
  readonly asked: readonly AskedView[]
  /** Whom it was put to, the first ten. */
  readonly approvers: readonly PersonView[]
  /** How many people it was put to. */
  readonly approversCount: number
  /** Who has agreed so far, in that order. */
  readonly agreed: readonly AgreedView[]
  readonly state: (typeof APPROVAL_STATES)[number]
  readonly answeredBy: PersonView | null
  /** When it was answered, withdrawn or found expired; null while it waits. */
  readonly answeredAt: string | null
  readonly spent: boolean
  readonly createdAt: string
  readonly expiresAt: string
  /** Whether the person who asks may answer it. */
  readonly mayAnswer: boolean
  /** What the agent did last, while an answer is waited for; empty once there is one, null for who does not see the agent. */
  readonly before: readonly EventView[] | null
}

export const ApprovalView: z.ZodType<ApprovalView> = z.object({
  id: z.string(),
  agent: z.object({ id: z.string(), name: z.string() }),
  task: z.object({ id: z.string(), text: z.string() }).nullable(),
  onBehalfOf: PersonView.nullable(),
  server: z.object({ id: z.string(), name: z.string() }).nullable(),
  tool: z.string(),
  effects: z.array(z.string()),
  arguments: z.unknown(),
  token: z
    .object({
      message: z.string().nullable(),
      scope: z.array(z.string()).nullable(),
      calls: z.number().nullable(),
      mayAct: z.object({ id: z.string(), name: z.string() }).nullable(),
    })
    .nullable(),
  resource: z.string(),
  say: z.array(z.string()),
  policies: z.array(z.string()),
  asked: z.array(z.object({ who: z.string(), needed: z.number(), agreed: z.number() })),
  approvers: z.array(PersonView),
  approversCount: z.number(),
  agreed: z.array(z.object({ by: PersonView, at: z.string() })),
  state: z.enum(APPROVAL_STATES),
  answeredBy: PersonView.nullable(),
  answeredAt: z.string().nullable(),
  spent: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  mayAnswer: z.boolean(),
  before: z.array(EventView).nullable(),
})
