import type { Effect, Json, JsonObject } from "@tabard/core"
import type { ApplicationQuestion, Provenance } from "@tabard/policy"

/** The circumstances of a case; whatever is not said is as usual. */
export interface CaseCircumstances {
  /** Whether a person opened a task, which allows everything itself; or the id of one, where a server is asked. */
  readonly task: boolean | string
  /** Whether the agent has an owner. */
  readonly owner: boolean
  readonly environment?: string | undefined
  readonly at?: string | undefined
  readonly ip?: string | undefined
  readonly posture?: readonly string[] | undefined
  readonly provenance?: Readonly<Record<string, readonly Provenance[]>> | undefined
  /** Who has agreed to exactly this. */
  readonly approved?: readonly string[] | undefined
}

/** A tool that an agent would call. */
export interface CaseCall {
  readonly server: string
  readonly tool: string
  readonly arguments: JsonObject
}

/** What a case has to come to. */
export interface CaseExpectation {
  readonly effect: Effect
  readonly code?: string | undefined
  /** Words that the answer has to hold. */
  readonly says?: string | undefined
  /** Policies that have to be among those that brought it about. */
  readonly policies?: readonly string[] | undefined
  /** Who has to be asked. */
  readonly asks?: readonly string[] | undefined
  /** Obligations that an application has to give, by their names. */
  readonly obligations?: readonly string[] | undefined
}

/** A question about an agent, by the name of its manifest. */
export interface AgentCase {
  readonly who: string
  /** Agents that it acts for. */
  readonly actingFor: readonly string[]
  readonly call: CaseCall
  readonly when: CaseCircumstances
}

/** One question, and what the answer has to be. */
export interface PolicyCase {
  readonly name: string
  readonly line: number
  readonly question: { readonly agent: AgentCase } | { readonly application: ApplicationQuestion }
  readonly expect: CaseExpectation
}

/** A file of cases: what they are held against, by paths beside the file, and the cases. */
export interface PolicyCases {
  readonly manifests: readonly string[]
  readonly guardRails: readonly string[]
  /** Where the offered guard-rails hold; as they ship where no file says so. */
  readonly offered: string | null
  /** Policies written by hand, by the agent that they are about. */
  readonly byHand: Readonly<Record<string, string>>
  readonly application: CaseApplicationFiles | null
  readonly cases: readonly PolicyCase[]
}

/** Where an application stands. */
export interface CaseApplicationFiles {
  readonly schema: string
  readonly policies: string
  readonly entities: string | null
}

/** The texts that cases are held against. */
export interface CaseSources {
  readonly guardRails: readonly string[]
  readonly offered: string | null
  readonly byHand: Readonly<Record<string, string>>
  readonly application: {
    readonly schema: string
    readonly policies: string
    readonly entities: readonly Json[]
  } | null
}

/** What a case came to: nothing where it is as it has to be. */
export interface CaseResult {
  readonly name: string
  readonly line: number
  /** The answer, in words. */
  readonly answer: string
  readonly complaints: readonly string[]
}
