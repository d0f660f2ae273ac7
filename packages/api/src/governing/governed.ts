import type { Operations } from "../operations.ts"

/** What a member of an operation's input can be the id of. */
export type GovernedKind =
  | "agent"
  | "approval"
  | "caller"
  | "delegation"
  | "finding"
  | "offer"
  | "person"
  | "team"

/** Something that is changed, by the id that was sent; of the caller, the word itself. */
export interface GovernedName {
  readonly kind: GovernedKind
  readonly id: string
}

/** What an operation changes of what constrains agents. */
export type Governed =
  /** Nothing, and why. */
  | { readonly nothing: string }
  /** What constrains everybody, and what that is. */
  | {
      readonly everybodys: string
      readonly when?: (input: unknown) => boolean
      readonly keptElsewhere?: true
    }
  /** What constrains those who are named: which member of the input is the id of what. */
  | {
      readonly names: Readonly<Record<string, GovernedKind>>
      readonly when?: (input: unknown) => boolean
      /** Whether what it puts in force is kept elsewhere, in the `repository` that is sent or in the one that is known. */
      readonly keptElsewhere?: true
    }

/** An answer for each operation that stands in it. */
export type GovernedTable = Readonly<Partial<Record<keyof Operations, Governed>>>

/** It keeps nothing. */
export const LOOKS: Governed = { nothing: "it looks and keeps nothing" }

/** It takes away what an agent or a machine had, which an agent may do to itself as anybody may. */
export const TAKES_AWAY: Governed = { nothing: "it only takes away what an agent may do" }

/** It is about one agent, named by its id. */
export const OF_AGENT: Governed = { names: { id: "agent" } }

/** It is about one person, named by their id. */
export const OF_PERSON: Governed = { names: { id: "person" } }

/** It is about one team, named by its id. */
export const OF_TEAM: Governed = { names: { id: "team" } }
