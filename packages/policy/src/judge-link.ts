import type { Effect } from "@tabard/core"
import type { EntityStore } from "./cedar/entity-store.ts"
import type { CedarRecord, EntityRef } from "./cedar/values.ts"
import type { Ask, DecisionCode } from "./decision.ts"
import type { KnownEntity, Link } from "./entities.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { Action } from "./schema.ts"
import type { Slice } from "./slice-keeper.ts"

/** One question, ready to be judged, but for who asks. */
export interface CedarQuestion {
  readonly action: Action
  readonly resource: EntityRef
  readonly context: CedarRecord
  /** The entities that may be looked at, beside the action. */
  readonly known: readonly KnownEntity[]
  /** The same with the action and its groups, to be looked up. */
  readonly entities: EntityStore
}

/** How the policies of a slice stand on one link's question: which of them hold, and which could not be judged. */
export type Standing =
  | { readonly kind: "judged"; readonly held: readonly ParsedPolicy[]; readonly erred: readonly string[] }
  /** Two judges differ, and so nobody knows. */
  | { readonly kind: "disputed"; readonly words: string }

/** Whatever can tell how the policies of a slice stand. */
export type Judge = (slice: Slice, link: Link, question: CedarQuestion) => Standing

/** What one link answers to one question. */
export interface LinkAnswer {
  readonly link: Link
  readonly effect: Effect
  readonly code: DecisionCode
  readonly reasons: readonly string[]
  readonly asks: readonly Ask[]
  readonly erred: readonly string[]
  /** Where two judges differ: about what. */
  readonly dispute?: string
}

/** One link's part in a question. */
export interface LinkQuestion {
  readonly link: Link
  readonly slice: Slice
  readonly question: CedarQuestion
}

/**
 * Asks one link. Each policy of the slice is judged once; L and H are read from who holds. Cedar skips a policy that errs, so a
 * forbid that overflowed would vanish: one error in the slice denies.
 */
export function judgeLink(judge: Judge, { link, slice, question }: LinkQuestion): LinkAnswer {
  if (slice.broken.length > 0) return denied(link, "evidence_missing", { erred: slice.broken })
  const standing = judge(slice, link, question)
  if (standing.kind === "disputed") return { ...denied(link, "judges_disagree", {}), dispute: standing.words }
  if (standing.erred.length > 0) return denied(link, "evidence_missing", { erred: standing.erred })
  return answerOf(link, standing.held)
}

/**
 * L, the live policies, permits where no forbid holds and a permit does. Where it does not, H tells whether people could agree: L
 * without its @ask forbids and with the @requestable permits. Where even H refuses, its reasons are those that no approval would discharge.
 */
function answerOf(link: Link, held: readonly ParsedPolicy[]): LinkAnswer {
  const forbids = held.filter(({ json }) => json.effect === "forbid")
  const permits = held.filter(({ json }) => json.effect === "permit")
  const live = permits.filter(({ kind }) => kind !== "requestable")
  if (forbids.length === 0 && live.length > 0)
    return { link, effect: "permit", code: "permitted", reasons: idsOf(live), asks: [], erred: [] }

  const standing = forbids.filter(({ kind }) => kind !== "ask")
  if (standing.length > 0) return denied(link, "forbidden", { reasons: idsOf(standing) })
  if (permits.length === 0) return denied(link, "no_policy", {})
  // Where only @requestable permits hold, people are asked for those as well.
  const asks = [...forbids, ...(live.length === 0 ? permits : [])].map(askOf)
  const reasons = asks.map(({ policy }) => policy)
  return { link, effect: "ask", code: "approval_needed", reasons, asks, erred: [] }
}

function askOf({ id, route, say }: ParsedPolicy): Ask {
  return { policy: id, route, say: say ?? "this needs a person's agreement" }
}

function idsOf(policies: readonly ParsedPolicy[]): string[] {
  return policies.map(({ id }) => id).toSorted()
}

function denied(
  link: Link,
  code: DecisionCode,
  { reasons = [], erred = [] }: { reasons?: readonly string[]; erred?: readonly string[] },
): LinkAnswer {
  return { link, effect: "deny", code, reasons, asks: [], erred }
}
