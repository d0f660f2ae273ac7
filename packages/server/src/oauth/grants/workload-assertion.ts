/** Tokens of outside workloads: https://www.rfc-editor.org/rfc/rfc7523#section-3 */
import { claimSeconds, trustDomainOf, type WorkloadFault } from "@tabard/control"
import { isId, type TrustForm, type TrustRule } from "@tabard/core"
import type { ReadAssertion } from "../../federation/read-assertion.ts"
import { verifyWorkload } from "../../federation/verify-workload.ts"
import { askedDetailsOf } from "../asked-details.ts"
import { askedEffects } from "../asked-effects.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { errors } from "../oidc-provider.ts"
import { replayKey } from "../replay-guard.ts"
import { askedResource } from "./asked-resource.ts"
import type { AskedToken, GrantAnswer, GrantRequest } from "./grant.ts"
import { invalidGrant } from "./invalid-grant.ts"

/** The most rules about one issuer that are held against one token; a request may name its install. */
const MOST_RULES = 200

/** How a workload brings its platform's token. */
export interface WorkloadProof {
  readonly assertion: ReadAssertion
  readonly grant: AskedToken["grant"]
  /** The install that it asks for, where the rules of several take its token. */
  readonly install: string | undefined
  /** The one kind of rule that is looked at; every kind where nobody says. */
  readonly form?: TrustForm
}

/**
 * Says what is issued to a workload whose token a trust rule takes: a token of the rule's install, bound to the key that
 * the request proves. A token that meets the rules of several installs has to say which one it asks for.
 */
export async function answerWorkload(
  { parameters, jkt, client }: GrantRequest,
  proof: WorkloadProof,
  settings: IssuerSettings,
): Promise<GrantAnswer> {
  if (client) throw new errors.UnauthorizedClient("a workload proves itself by its own token alone")
  if (jkt === null) throw new errors.InvalidDpopProof("a workload has to prove a key of its own (DPoP)")
  const audience = await askedResource(parameters, settings)
  const details = askedDetailsOf(parameters.one("authorization_details"))
  const scope = askedEffects(parameters.one("scope"))
  const rule = await ruleFor(settings, proof)
  const { instance } = rule
  const { grant, assertion } = proof
  return { asked: { instance, ...details, scope, audience, jkt, grant, ...said(rule, assertion) } }
}

/** What is recorded of the workload, and what counts once. */
function said(rule: TrustRule, { claims, digest }: ReadAssertion): Pick<AskedToken, "once" | "workload"> {
  const { jti, sub } = claims
  const exp = claimSeconds(claims["exp"]) ?? 0
  const key = replayKey(rule.issuer, typeof jti === "string" ? jti : digest)
  const use = { namespace: "workload", key, expiresAt: new Date(exp * 1000) }
  return {
    workload: {
      rule: rule.id,
      issuer: rule.issuer,
      subject: typeof sub === "string" ? sub : "",
      counts: rule.counts,
    },
    once: rule.oneTime ? [use] : [],
  }
}

/**
 * Answers the one rule that takes a token. What a rule asks for is told to nobody here: whoever has any token of a public
 * issuer could read the rules about it.
 */
async function ruleFor(settings: IssuerSettings, proof: WorkloadProof): Promise<TrustRule> {
  const rules = await rulesAbout(settings, proof)
  const faults = await Promise.all(rules.map((rule) => verifyWorkload(settings, rule, proof.assertion)))
  const taking = rules.filter((_, at) => faults[at]?.length === 0)
  const [rule, ...others] = taking
  if (others.length > 0)
    throw invalidGrant("several trust rules take this token: name the install by client_id")
  if (!rule) throw invalidGrant(refusal(faults.flat()))
  return rule
}

async function rulesAbout(
  { shelf }: IssuerSettings,
  { assertion, install, form }: WorkloadProof,
): Promise<readonly TrustRule[]> {
  if (install !== undefined && !isId("instance", install)) return []
  const { iss, sub } = assertion.claims
  const issuers = [iss, trustDomainOf(sub)].filter((issuer) => typeof issuer === "string")
  return shelf.snapshot(async ({ trustRules }) => {
    const found: TrustRule[] = []
    for (const issuer of new Set(issuers))
      found.push(
        ...(await trustRules.aboutIssuer(issuer, {
          limit: MOST_RULES,
          ...(install && { instance: install }),
        })),
      )
    return found.filter((rule) => form === undefined || rule.form === form)
  })
}

/** What is the same for every rule about an issuer, and tells nobody whom it lets in. */
const TELLABLE: readonly WorkloadFault["code"][] = [
  "algorithm",
  "expired",
  "header",
  "key",
  "keys_unavailable",
  "life",
  "not_yet",
  "signature",
]

function refusal(faults: readonly WorkloadFault[]): string {
  const told = faults.find(({ code }) => TELLABLE.includes(code))
  const why = told?.said ?? "Its issuer, its audience or what it says of the workload is in no rule."
  return `no trust rule takes this token. ${why} The agent's owner sees more with tabard trust test.`
}
