import type { JsonObject, TrustFields, TrustTerms } from "@tabard/core"
import { judgeWorkload } from "./judge-workload.ts"
import { nearAws, nearEntra, nearGcp } from "./neighbours/near-clouds.ts"
import { nearGitHub } from "./neighbours/near-github.ts"
import { nearKubernetes } from "./neighbours/near-kubernetes.ts"
import { nearOpenId, nearSpiffe } from "./neighbours/near-subjects.ts"
import { type Neighbourhood, withClaim } from "./neighbours/neighbour.ts"
import type { WorkloadFault, WorkloadToken } from "./workload-token.ts"

/** What a rule does with one token, and why. */
export interface Tried {
  readonly title: string
  readonly claims: JsonObject
  /** None means that it is taken. */
  readonly faults: readonly WorkloadFault[]
}

/**
 * Answers what a rule takes before it is kept: the workload that it is about, and made-up ones near it. Their signatures
 * are taken for right, since what is asked is what the rule says.
 */
export function tryNeighbours(fields: TrustFields, terms: TrustTerms, now: Date): readonly Tried[] {
  const near = neighbourhoodOf(fields)
  const own = sampleToken(fields, terms, now)
  const { iat } = { iat: Math.floor(now.getTime() / 1000) }
  const all = [
    { title: "The workload itself", claims: {} },
    ...near.neighbours.map(({ title, claims }) => ({ title, claims })),
    {
      title: "The workload, with a token for somebody else",
      claims: { aud: "https://somebody-else.example" },
    },
    {
      title: "The workload, with a token that lives too long",
      claims: { exp: iat + terms.maxLifeSeconds + 1 },
    },
    ...(terms.form === "spiffe"
      ? []
      : [{ title: "An issuer that is spelt almost alike", claims: { iss: slashed(terms.issuer) } }]),
  ]
  return all.map(({ title, claims }) => {
    const token = { header: own.header, claims: { ...own.claims, ...claims } }
    return { title, claims: token.claims, faults: judgeWorkload(terms, token, now) }
  })
}

/** Answers a token as the workload that terms are about would bring it, without its signature. */
export function sampleToken(fields: TrustFields, terms: TrustTerms, now: Date): WorkloadToken {
  const { alg, claims } = neighbourhoodOf(fields)
  const iat = Math.floor(now.getTime() / 1000)
  const common: JsonObject = {
    ...(terms.form !== "spiffe" && { iss: terms.issuer }),
    aud: terms.form === "kubernetes" ? [terms.audience] : terms.audience,
    iat,
    exp: iat + Math.min(300, terms.maxLifeSeconds),
    jti: "a-token-of-its-own",
  }
  return { header: { alg, kid: "key", typ: "JWT" }, claims: meeting(terms, { ...common, ...claims }) }
}

/** What was demanded besides the form's own, the workload is taken to say. */
function meeting({ conditions }: TrustTerms, claims: JsonObject): JsonObject {
  return conditions
    .filter(({ claim, test }) => test === "is" && claim.join() !== "sub")
    .reduce((all, { claim, values }) => withClaim(all, claim, values[0]), claims)
}

function neighbourhoodOf(fields: TrustFields): Neighbourhood {
  switch (fields.form) {
    case "github-actions":
      return nearGitHub(fields)
    case "kubernetes":
      return nearKubernetes(fields)
    case "spiffe":
      return nearSpiffe(fields)
    case "aws":
      return nearAws(fields)
    case "gcp":
      return nearGcp(fields)
    case "entra":
      return nearEntra(fields)
    case "openid":
      return nearOpenId(fields)
  }
}

function slashed(issuer: string): string {
  return issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`
}
