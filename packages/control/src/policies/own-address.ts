import { type Id, isId, Problem } from "@tabard/core"
import { byHandOf } from "@tabard/intent"
import type { PolicySetKind } from "../decisions/policy-store.ts"

/**
 * The documents by which an organisation rules its agents: its guard-rails (`guard`), which of the offered guard-rails hold where
 * (`offered`), its tiers (`tier`), sets of values by name (`set`), and what is written by hand beside an agent's manifest (`hand`);
 * and the cases that all of it is held to (`cases`), which rule nothing themselves.
 */
export const OWN_KINDS = ["guard", "offered", "tier", "cases", "set", "hand"] as const

export { byHandOf }

/** One kind of such a document. */
export type OwnKind = (typeof OWN_KINDS)[number]

/** Which document: of guard-rails, tiers and cases there is one, `own`; sets are named, and what is by hand is an agent's. */
export type OwnAddress =
  | { readonly kind: "guard" | "offered" | "tier" | "cases"; readonly subject: "own" }
  | { readonly kind: "set"; readonly subject: string }
  | { readonly kind: "hand"; readonly subject: Id<"agent"> }

/** What documents are kept under that the whole organisation has one of. */
export const OWN = "own"

/** How the name of a set is spelt. */
export const SET_NAME: RegExp = /^[a-z][a-z0-9-]{0,63}$/

/** What the subject of a set begins with where it is kept. */
export const SETS = "set/"

/**
 * Reads which document somebody means.
 *
 * @throws {Problem} policy_not_found, body_invalid
 */
export function ownAddress(kind: OwnKind, subject: string): OwnAddress {
  switch (kind) {
    case "guard":
    case "offered":
    case "tier":
    case "cases":
      if (subject === OWN) return { kind, subject }
      throw new Problem("policy_not_found", `of ${kind} there is one document, called ${OWN}`)
    case "set":
      if (SET_NAME.test(subject)) return { kind, subject }
      throw new Problem(
        "body_invalid",
        "a set's name is spelt with a to z, 0 to 9 and -, 64 characters at most",
      )
    case "hand":
      if (isId("agent", subject)) return { kind, subject }
      throw new Problem("agent_not_found", "what is written by hand belongs to an agent: name it by its id")
  }
}

/** Answers under which kind and subject a document is kept. */
export function keptUnder({ kind, subject }: OwnAddress): {
  readonly kind: PolicySetKind
  readonly subject: string
} {
  switch (kind) {
    case "guard":
    case "tier":
      return { kind, subject }
    case "offered":
      return { kind: "guard", subject: "offered" }
    case "cases":
      return { kind: "intent", subject: `cases/${subject}` }
    case "set":
      return { kind: "intent", subject: `${SETS}${subject}` }
    case "hand":
      return { kind: "intent", subject: byHandOf(subject) }
  }
}
