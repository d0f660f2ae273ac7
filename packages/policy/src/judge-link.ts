import { type AuthorizationAnswer, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs"
import type { Effect } from "@tabard/core"
import type { CedarValueJson, EntityJson, EntityUid } from "./cedar.ts"
import type { Ask, DecisionCode } from "./decision.ts"
import type { Link } from "./entities.ts"
import type { ParsedPolicy } from "./parse-policy.ts"
import type { PolicyBase } from "./policy-base.ts"
import { preparsedPolicies, preparsedSchema } from "./preparsed.ts"
import type { Action } from "./schema.ts"

/** One question, ready for Cedar, but for who asks. */
export interface CedarQuestion {
  readonly action: Action
  readonly resource: EntityUid
  readonly context: Record<string, CedarValueJson>
  readonly entities: EntityJson[]
}

/** What one link answers to one question. */
export interface LinkAnswer {
  readonly link: Link
  readonly effect: Effect
  readonly code: DecisionCode
  readonly reasons: readonly string[]
  readonly asks: readonly Ask[]
  readonly erred: readonly string[]
}

/**
 * Asks one link. L, the live policies, permits or not. Where it does not, H tells whether people could agree: L without its @ask
 * forbids and with the @requestable permits. Cedar skips a policy that errs, so a forbid that overflowed would vanish: one
 * error in the slice denies.
 */
export function judgeLink(base: PolicyBase, link: Link, question: CedarQuestion): LinkAnswer {
  const slice = base.index.slice(link, question.action)
  const broken = slice.filter(({ id }) => base.broken.has(id)).map(({ id }) => id)
  if (broken.length > 0) return denied(link, "evidence_missing", { erred: broken })

  const live = slice.filter(({ kind }) => kind !== "requestable")
  const now = authorize(live, link, question)
  switch (now.kind) {
    case "permit":
      return { link, effect: "permit", code: "permitted", reasons: now.reasons, asks: [], erred: [] }
    case "deny":
      return ifPeopleAgreed(slice, now.reasons, { link, question })
    case "erred":
    case "malformed":
      return unjudged(link, now)
  }
}

/** Asks H, where it is another set than L. Where even H refuses, its reasons are those that no approval would discharge. */
function ifPeopleAgreed(
  slice: readonly ParsedPolicy[],
  forbids: readonly string[],
  { link, question }: { link: Link; question: CedarQuestion },
): LinkAnswer {
  if (slice.every(({ kind }) => kind === "plain")) return refused(link, forbids)
  const then = authorize(
    slice.filter(({ kind }) => kind !== "ask"),
    link,
    question,
  )
  if (then.kind === "erred" || then.kind === "malformed") return unjudged(link, then)
  if (then.kind === "deny") return refused(link, then.reasons)
  const asks = asksOf(slice, forbids, then.reasons)
  return {
    link,
    effect: "ask",
    code: "approval_needed",
    reasons: asks.map(({ policy }) => policy),
    asks,
    erred: [],
  }
}

function refused(link: Link, forbids: readonly string[]): LinkAnswer {
  return denied(link, forbids.length > 0 ? "forbidden" : "no_policy", { reasons: forbids })
}

/** The @ask policies that denied in L; and where only @requestable permits allowed in H, those. */
function asksOf(
  slice: readonly ParsedPolicy[],
  forbids: readonly string[],
  permits: readonly string[],
): Ask[] {
  const requested = slice.filter(({ id }) => permits.includes(id))
  const needed = requested.every(({ kind }) => kind === "requestable") ? requested : []
  return [...slice.filter(({ id, kind }) => kind === "ask" && forbids.includes(id)), ...needed].map(
    ({ id, route, say }) => ({ policy: id, route, say: say ?? "this needs a person's agreement" }),
  )
}

function denied(
  link: Link,
  code: DecisionCode,
  { reasons = [], erred = [] }: { reasons?: readonly string[]; erred?: readonly string[] },
): LinkAnswer {
  return { link, effect: "deny", code, reasons, asks: [], erred }
}

function unjudged(link: Link, answer: Unjudged): LinkAnswer {
  return answer.kind === "erred"
    ? denied(link, "evidence_missing", { erred: answer.erred })
    : denied(link, "question_malformed", {})
}

type Unjudged = { readonly kind: "erred"; readonly erred: readonly string[] } | { readonly kind: "malformed" }
type Verdict = { readonly kind: "permit" | "deny"; readonly reasons: readonly string[] } | Unjudged

function authorize(policies: readonly ParsedPolicy[], link: Link, question: CedarQuestion): Verdict {
  const { action, resource, context, entities } = question
  const answer = statefulIsAuthorized({
    principal: { ...link.principal },
    action: { type: "Tabard::Action", id: action.id },
    resource: { ...resource },
    context,
    entities,
    preparsedSchemaName: preparsedSchema(action.fingerprint, action.schema),
    validateRequest: true,
    preparsedPolicySetId: preparsedPolicies(policies.map(({ serial }) => serial).join(), () => ({
      staticPolicies: Object.fromEntries(policies.map(({ id, text }) => [id, text])),
    })),
  })
  return readAnswer(answer)
}

function readAnswer(answer: AuthorizationAnswer): Verdict {
  if (answer.type === "failure") return { kind: "malformed" }
  const { decision, diagnostics } = answer.response
  if (diagnostics.errors.length > 0)
    return { kind: "erred", erred: diagnostics.errors.map(({ policyId }) => policyId) }
  return { kind: decision === "allow" ? "permit" : "deny", reasons: diagnostics.reason.toSorted() }
}
