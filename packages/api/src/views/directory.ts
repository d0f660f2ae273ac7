import { ROLES, type Role } from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** A team, as little of it as a page needs. */
export interface TeamRef {
  readonly id: string
  readonly name: string
}
export const TeamRef: z.ZodType<TeamRef> = z.object({ id: z.string(), name: z.string() })

/** A person of the directory; only an active one can be asked to own or help. */
export interface DirectoryPersonView extends PersonView {
  readonly email: string
  readonly role: Role
  readonly active: boolean
  /** Whether what named them was taken away. */
  readonly erased: boolean
  /** Whom they answer to. */
  readonly manager: PersonView | null
  readonly teams: readonly TeamRef[]
  /** Who says what they are called and whether they are here: people, or their directory over SCIM. */
  readonly keptBy: PersonKeeper
}

const KEEPERS = ["people", "scim"] as const

/** Who keeps a person. */
export type PersonKeeper = (typeof KEEPERS)[number]

const person = {
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  active: z.boolean(),
  erased: z.boolean(),
  manager: PersonView.nullable(),
  teams: z.array(TeamRef),
  keptBy: z.enum(KEEPERS),
}
export const DirectoryPersonView: z.ZodType<DirectoryPersonView> = z.object(person)

/** An agent, as little of it as a page needs. */
export interface AgentRef {
  readonly id: string
  readonly name: string
}
export const AgentRef: z.ZodType<AgentRef> = z.object({ id: z.string(), name: z.string() })

/** Everything that the directory knows of a person; of agents, those that whoever asks may see. */
export interface PersonDetail extends DirectoryPersonView {
  readonly since: string
  /** Who is asked first to own what they own once they leave. */
  readonly successor: PersonView | null
  /** Who answers to them. */
  readonly reports: readonly PersonView[]
  /** At most 200 of the agents that they own. */
  readonly owns: readonly AgentRef[]
  /** How many they own, up to 1,000. */
  readonly ownsCount: number
  /** At most 200 of the agents that they help with, by themselves or by a team. */
  readonly helpsWith: readonly AgentRef[]
  /** How they can come in; told to administrators alone. */
  readonly waysIn: {
    /** The issuers of the OpenID providers at which they are somebody. */
    readonly identities: readonly string[]
    readonly invitedUntil: string | null
    /** In how many places they are signed in. */
    readonly sessions: number
  } | null
  /** What their directory calls them, where SCIM keeps them; told to administrators alone. */
  readonly provisioned: {
    readonly userName: string
    readonly externalId: string | null
    /** Whether it was the directory that switched them off. */
    readonly switchedOff: boolean
    readonly changedAt: string
  } | null
}
export const PersonDetail: z.ZodType<PersonDetail> = z.object({
  ...person,
  since: z.string(),
  successor: PersonView.nullable(),
  reports: z.array(PersonView),
  owns: z.array(AgentRef),
  ownsCount: z.number(),
  helpsWith: z.array(AgentRef),
  waysIn: z
    .object({
      identities: z.array(z.string()),
      invitedUntil: z.string().nullable(),
      sessions: z.number(),
    })
    .nullable(),
  provisioned: z
    .object({
      userName: z.string(),
      externalId: z.string().nullable(),
      switchedOff: z.boolean(),
      changedAt: z.string(),
    })
    .nullable(),
})

/** How people may come in besides invitations. */
export interface SignInSettingsView {
  /** Whoever has an email of one of these, verified by the OpenID provider, comes in as a member. */
  readonly domains: readonly string[]
}
export const SignInSettingsView: z.ZodType<SignInSettingsView> = z.object({ domains: z.array(z.string()) })
