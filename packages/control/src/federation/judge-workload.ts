/** JWT profile for authorization grants: https://www.rfc-editor.org/rfc/rfc7523#section-3 */
import { type Json, type JsonObject, type TrustTerms, visibleText } from "@tabard/core"
import { claimSeconds } from "./claim-at.ts"
import { FORM_PROFILES } from "./form-profile.ts"
import { trustDomainOf } from "./spiffe-id.ts"
import { claimName, conditionWords, meetsCondition } from "./trust-condition.ts"
import type { WorkloadFault, WorkloadToken } from "./workload-token.ts"

/** How far ahead of ours an issuer's clock may be. */
const SKEW_SECONDS = 30
const MOST_SUBJECT = 2048

/**
 * Answers everything for which a rule does not take a token: none means that it does, if its signature is right and it
 * was not used before. It looks at nothing but what it is given, so that a rule shows what it takes before it is kept.
 */
export function judgeWorkload(
  terms: TrustTerms,
  { header, claims }: WorkloadToken,
  now: Date,
): readonly WorkloadFault[] {
  const profile = FORM_PROFILES[terms.form]
  return [
    ...headerFaults(terms, header, profile.algorithms),
    ...issuerFaults(terms, claims),
    ...audienceFaults(terms, claims["aud"]),
    ...subjectFaults(claims["sub"]),
    ...timeFaults(terms, claims, now.getTime() / 1000),
    ...faultOf("shape", profile.shape(claims, terms)),
    ...terms.conditions
      .filter((condition) => !meetsCondition(condition, claims))
      .map((condition) => ({ code: "condition", said: `${conditionWords(condition)}.` }) as const),
  ]
}

/** A SPIFFE header holds these and no others; what others bring besides is not looked at, but for what must be understood. */
const SPIFFE_HEADER: readonly string[] = ["alg", "kid", "typ"]

function headerFaults(
  { form }: TrustTerms,
  header: JsonObject,
  algorithms: readonly string[],
): readonly WorkloadFault[] {
  const { alg, crit, typ } = header
  const isAllowed = typeof alg === "string" && algorithms.includes(alg)
  const strange = Object.keys(header).filter((name) => !SPIFFE_HEADER.includes(name))
  const isTyped =
    typ === undefined || (typeof typ === "string" && ["jwt", "jose"].includes(typ.toLowerCase()))
  return [
    ...(isAllowed ? [] : faultOf("algorithm", `It is not signed by one of ${algorithms.join(", ")}.`)),
    ...(crit === undefined ? [] : faultOf("header", "Its header demands an extension (crit).")),
    ...(isTyped ? [] : faultOf("header", "Its header says that it is no JWT (typ).")),
    ...(form === "spiffe" && strange.length > 0
      ? faultOf("header", `The header of a JWT-SVID holds alg, kid and typ alone, not ${claimName(strange)}.`)
      : []),
  ]
}

/** A JWT-SVID is held to the bundle of its subject's trust domain; everything else names its issuer, letter by letter. */
function issuerFaults({ form, issuer }: TrustTerms, { iss, sub }: JsonObject): readonly WorkloadFault[] {
  if (form === "spiffe") {
    if (trustDomainOf(sub) === issuer) return []
    return faultOf("issuer", `Its subject is not in the trust domain ${issuer}.`)
  }
  if (iss === issuer) return []
  return faultOf("issuer", `Its issuer is ${shown(iss)}; the rule is about ${issuer}.`)
}

/** One that others accept as well could be brought here by any of them. */
function audienceFaults({ audience }: TrustTerms, aud: Json | undefined): readonly WorkloadFault[] {
  const all: readonly Json[] = Array.isArray(aud) ? aud : [aud ?? null]
  if (all.length === 1 && all[0] === audience) return []
  return faultOf("audience", `It is for ${shown(aud)}; it has to be for ${audience} alone.`)
}

function subjectFaults(sub: Json | undefined): readonly WorkloadFault[] {
  if (typeof sub === "string" && sub.length > 0 && sub.length <= MOST_SUBJECT) return []
  return faultOf("subject", "It names no subject.")
}

function timeFaults(terms: TrustTerms, claims: JsonObject, now: number): readonly WorkloadFault[] {
  const [exp, iat] = [claimSeconds(claims["exp"]), claimSeconds(claims["iat"])]
  const nbf = claims["nbf"] === undefined ? iat : claimSeconds(claims["nbf"])
  if (exp === undefined) return faultOf("expired", "It has no exp, or one that is no number.")
  if (iat === undefined || nbf === undefined)
    return faultOf("not_yet", "Its iat or nbf is missing or no number.")
  return [
    ...(now < exp ? [] : faultOf("expired", "It is over.")),
    ...(Math.max(iat, nbf) <= now + SKEW_SECONDS ? [] : faultOf("not_yet", "It is from the future.")),
    ...(exp > iat && exp - iat <= terms.maxLifeSeconds
      ? []
      : faultOf("life", `It lives ${exp - iat} seconds; the rule takes at most ${terms.maxLifeSeconds}.`)),
  ]
}

function faultOf(code: WorkloadFault["code"], said: string | undefined): readonly WorkloadFault[] {
  return said === undefined ? [] : [{ code, said }]
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "nobody"
  return visibleText(typeof value === "string" ? value : JSON.stringify(value))
}
