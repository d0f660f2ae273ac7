import type { ApplicationQuestion, Obligation, Sought } from "@tabard/control"
import type { Effect, JsonObject } from "@tabard/core"

/** What is answered to one question, before it is put on the wire. */
export interface Evaluated {
  readonly effect: Effect
  readonly code: string
  readonly words: string
  readonly policies: readonly string[]
  readonly obligations: readonly Obligation[]
  /** The version of what it was answered from. */
  readonly version: number
  /** Where people could still agree: what whoever asked does next. */
  readonly accessRequest?: JsonObject
}

/** What of a search stands in one page. */
export interface SoughtPage {
  readonly from: number
  readonly limit: number
  readonly isWanted: (obligations: readonly Obligation[]) => boolean
}

/** One that was found, as it is answered. */
export interface SoughtResult {
  readonly entity: JsonObject
  readonly obligations: readonly Obligation[]
}

/** A page of what was found, the version that it is of, and where the next begins; null where nothing more is found. */
export interface SoughtResults {
  readonly version: number
  readonly results: readonly SoughtResult[]
  readonly next: number | null
}

/** One application as one caller may ask it. */
export interface DecisionPoint {
  readonly name: string
  /** Whether each answer is recorded before it is given. */
  readonly recorded: boolean
  /** @throws {AccessRefused} where this caller may not ask this */
  evaluate(question: ApplicationQuestion): Promise<Evaluated>
  /** @throws {AccessRefused} where this caller may not ask this */
  search(sought: Sought, question: ApplicationQuestion, page: SoughtPage): Promise<SoughtResults>
}
