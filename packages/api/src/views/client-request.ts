import { EFFECT_CLASSES, type EffectClass, type TierName } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** How a client came to ask: in a browser that leads back to it, from a device with a code, or behind the person's back. */
export const CLIENT_REQUEST_WAYS = ["browser", "device", "backchannel"] as const
export type ClientRequestWay = (typeof CLIENT_REQUEST_WAYS)[number]

/** The agent that a client would act as. */
export interface AskedAgentView {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly owner: PersonView | null
  readonly tier: TierName | null
  readonly purpose: string | null
  readonly expiresAt: string | null
}

/** What a client asks of the person who looks at it. */
export interface ClientRequestView {
  readonly id: string
  readonly way: ClientRequestWay
  /** `host` is proven by the client's address; null where it was registered here. */
  readonly client: { readonly id: string; readonly name: string; readonly host: string | null }
  /** Where the person is led back to, as far as people read it; null where nobody is led anywhere. */
  readonly leadsTo: string | null
  /** The server behind the gateway that it wants; null for all that the agent may reach. */
  readonly server: string | null
  /** The effect classes that it asks for. */
  readonly scope: readonly EffectClass[]
  /** What it says that it is for, where it may say so. */
  readonly message: string | null
  /** `ready`: a yes lets it act. `new`: a yes asks for adoption. `waiting`: nothing follows from a yes until `why` is mended. */
  readonly state: "ready" | "new" | "waiting"
  readonly why: string | null
  readonly agent: AskedAgentView | null
  /** The rule by which a yes adopts it; null where none does. */
  readonly rule: { readonly tier: TierName; readonly days: number; readonly purpose: string } | null
  /** Who can adopt it, a few of them. */
  readonly adopters: readonly PersonView[]
  readonly expiresAt: string
}
export const ClientRequestView: z.ZodType<ClientRequestView> = z.object({
  id: z.string(),
  way: z.enum(CLIENT_REQUEST_WAYS),
  client: z.object({ id: z.string(), name: z.string(), host: z.string().nullable() }),
  leadsTo: z.string().nullable(),
  server: z.string().nullable(),
  scope: z.array(z.enum(EFFECT_CLASSES)),
  message: z.string().nullable(),
  state: z.enum(["ready", "new", "waiting"]),
  why: z.string().nullable(),
  agent: z
    .object({
      id: z.string(),
      name: z.string(),
      state: z.string(),
      owner: PersonView.nullable(),
      tier: z.string().nullable(),
      purpose: z.string().nullable(),
      expiresAt: z.string().nullable(),
    })
    .nullable(),
  rule: z.object({ tier: z.string(), days: z.number(), purpose: z.string() }).nullable(),
  adopters: z.array(PersonView),
  expiresAt: z.string(),
})

/** What came of an answer: where the browser goes on, or, where nothing came of it yet, what the request has become. */
export interface ClientAnswerView {
  readonly continueAt: string | null
  readonly request: ClientRequestView | null
}
export const ClientAnswerView: z.ZodType<ClientAnswerView> = z.object({
  continueAt: z.string().nullable(),
  request: ClientRequestView.nullable(),
})
