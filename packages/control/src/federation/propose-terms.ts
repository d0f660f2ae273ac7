import {
  type KeySource,
  Problem,
  type TokenCondition,
  type TrustCondition,
  type TrustFields,
  type TrustTerms,
  UNBOUND,
} from "@tabard/core"
import { assertZones, normalCondition } from "../tokens/normal-condition.ts"
import { FORM_PROFILES } from "./form-profile.ts"
import { termsOfAws } from "./forms/aws.ts"
import { termsOfEntra } from "./forms/entra.ts"
import type { FormTerms } from "./forms/form-terms.ts"
import { termsOfGcp } from "./forms/gcp.ts"
import { termsOfGitHub } from "./forms/github-actions.ts"
import { termsOfKubernetes } from "./forms/kubernetes.ts"
import { termsOfOpenId } from "./forms/openid.ts"
import { termsOfSpiffe } from "./forms/spiffe.ts"
import { showsSecret } from "./public-keys.ts"
import { claimName, endsAtDelimiter } from "./trust-condition.ts"

/** A form as it was filled in, and what was said beside it. */
export interface TrustWish {
  readonly fields: TrustFields
  /** Whom tokens are for; the issuer of this server where nobody says. */
  readonly audience: string
  readonly keys?: KeySource | undefined
  /** Conditions beside those of the form. */
  readonly also?: readonly TrustCondition[] | undefined
  readonly oneTime?: boolean | undefined
  readonly maxLifeSeconds?: number | undefined
  /** From where and when what the workloads are issued counts; from anywhere, at any time, where nobody says. */
  readonly counts?: TokenCondition | undefined
}

/** The longest that a rule may let a token live: managed identities of Azure are given a day. */
const LONGEST_LIFE_SECONDS = 90_000

/**
 * Makes terms of a filled-in form. A rule that takes whatever its issuer signs, or a beginning that ends within a name, is
 * none.
 *
 * @throws {Problem} trust_rule_invalid, body_invalid
 */
export function proposeTerms(wish: TrustWish): TrustTerms {
  const { fields, audience, also = [] } = wish
  const { form } = fields
  const { issuer, conditions, keys } = formTerms(fields)
  const { usualLifeSeconds, usuallyOnce } = FORM_PROFILES[form]
  const terms: TrustTerms = {
    form,
    issuer,
    audience,
    keys: wish.keys ?? keys,
    conditions: [...conditions, ...also],
    oneTime: wish.oneTime ?? usuallyOnce,
    maxLifeSeconds: wish.maxLifeSeconds ?? usualLifeSeconds,
    counts: normalCondition(wish.counts ?? UNBOUND),
  }
  assertNarrow(terms)
  assertLife(terms)
  assertKeys(terms)
  assertZones(terms.counts.hours)
  return terms
}

function formTerms(fields: TrustFields): FormTerms {
  switch (fields.form) {
    case "github-actions":
      return termsOfGitHub(fields)
    case "kubernetes":
      return termsOfKubernetes(fields)
    case "spiffe":
      return termsOfSpiffe(fields)
    case "aws":
      return termsOfAws(fields)
    case "gcp":
      return termsOfGcp(fields)
    case "entra":
      return termsOfEntra(fields)
    case "openid":
      return termsOfOpenId(fields)
  }
}

function assertNarrow({ conditions }: TrustTerms): void {
  if (conditions.length === 0)
    throw new Problem(
      "trust_rule_invalid",
      "say which subject or claims: without any, whatever the issuer signs is let in",
    )
  for (const { claim, test, values } of conditions)
    if (test === "begins" && !values.every(endsAtDelimiter))
      throw new Problem(
        "trust_rule_invalid",
        `what ${claimName(claim)} begins with has to end at / : or @, so that it holds no other name that begins alike`,
      )
}

function assertLife({ maxLifeSeconds }: TrustTerms): void {
  const isLife =
    Number.isInteger(maxLifeSeconds) && maxLifeSeconds >= 60 && maxLifeSeconds <= LONGEST_LIFE_SECONDS
  if (!isLife)
    throw new Problem(
      "trust_rule_invalid",
      `a token may live for 60 to ${LONGEST_LIFE_SECONDS} seconds: say maxLifeSeconds within that`,
    )
}

function assertKeys({ form, issuer, keys }: TrustTerms): void {
  if (keys.kind === "inline" && keys.keys.some(showsSecret))
    throw new Problem(
      "trust_rule_invalid",
      "a key that was put in shows its private half: put in public keys alone",
    )
  if (form === "spiffe" && keys.kind === "discovery")
    throw new Problem(
      "trust_rule_invalid",
      "say the address of the trust domain's bundle, or put the bundle in",
    )
  if (form !== "spiffe" && !URL.canParse(issuer))
    throw new Problem("trust_rule_invalid", "the issuer is an address, spelt as its tokens spell it")
}
