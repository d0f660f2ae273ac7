import type { JsonObject, TrustFields, TrustForm, TrustTerms } from "@tabard/core"
import { proposeTerms, type TrustWish } from "../propose-terms.ts"
import type { WorkloadToken } from "../workload-token.ts"

/** Whom the tokens of these workloads are for. */
export const AUDIENCE = "https://tabard.example/oauth"

const UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
const OTHER_UID = "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10"
const CLUSTER = "https://kubernetes.default.svc.cluster.local"

/** One workload of each kind of issuer: what is filled in for it, and what its tokens say besides who, for whom and when. */
export interface Workload {
  readonly fields: TrustFields
  readonly wish?: Partial<TrustWish>
  readonly alg: string
  readonly issuer: string
  readonly claims: JsonObject
}

export const WORKLOADS: Readonly<Record<TrustForm, Workload>> = {
  "github-actions": {
    fields: {
      form: "github-actions",
      repository: "acme/app",
      repositoryId: "7401",
      ownerId: "65",
      environment: "production",
      workflow: "acme/app/.github/workflows/deploy.yml",
    },
    alg: "RS256",
    issuer: "https://token.actions.githubusercontent.com",
    claims: {
      sub: "repo:acme@65/app@7401:environment:production",
      repository: "acme/app",
      repository_id: "7401",
      repository_owner: "acme",
      repository_owner_id: "65",
      environment: "production",
      job_workflow_ref: "acme/app/.github/workflows/deploy.yml@refs/heads/main",
      ref: "refs/heads/main",
      event_name: "push",
      run_id: "99",
    },
  },
  kubernetes: {
    fields: { form: "kubernetes", issuer: CLUSTER, namespace: "prod", serviceAccount: "agent", uid: UID },
    alg: "RS256",
    issuer: CLUSTER,
    claims: {
      sub: "system:serviceaccount:prod:agent",
      "kubernetes.io": {
        namespace: "prod",
        serviceaccount: { name: "agent", uid: UID },
        pod: { name: "agent-5d", uid: OTHER_UID },
      },
    },
  },
  spiffe: {
    fields: { form: "spiffe", spiffeId: "spiffe://acme.example/agents/notes" },
    wish: { keys: { kind: "address", url: "https://spire.acme.example/bundle" } },
    alg: "ES256",
    issuer: "spiffe://acme.example",
    claims: { sub: "spiffe://acme.example/agents/notes" },
  },
  aws: {
    fields: {
      form: "aws",
      issuer: `https://${UID}.tokens.sts.global.api.aws`,
      role: "arn:aws:iam::123456789012:role/notes",
    },
    alg: "ES384",
    issuer: `https://${UID}.tokens.sts.global.api.aws`,
    claims: {
      sub: "arn:aws:iam::123456789012:role/notes",
      "https://sts.amazonaws.com/": { aws_account: "123456789012", source_region: "eu-west-1" },
    },
  },
  gcp: {
    fields: { form: "gcp", uniqueId: "104029292853099978293", email: "notes@acme.iam.gserviceaccount.com" },
    alg: "RS256",
    issuer: "https://accounts.google.com",
    claims: {
      sub: "104029292853099978293",
      azp: "104029292853099978293",
      email: "notes@acme.iam.gserviceaccount.com",
      email_verified: true,
    },
  },
  entra: {
    fields: { form: "entra", tenant: UID, objectId: OTHER_UID },
    alg: "RS256",
    issuer: `https://login.microsoftonline.com/${UID}/v2.0`,
    claims: { sub: OTHER_UID, oid: OTHER_UID, tid: UID, ver: "2.0" },
  },
  openid: {
    fields: { form: "openid", issuer: "https://id.acme.example", subjectPrefix: "ci/app/" },
    alg: "ES256",
    issuer: "https://id.acme.example",
    claims: { sub: "ci/app/main" },
  },
}

/** The terms of a rule about the workload of this kind. */
export function termsOf(form: TrustForm, wish: Partial<TrustWish> = {}): TrustTerms {
  const { fields, wish: own } = WORKLOADS[form]
  return proposeTerms({ fields, audience: AUDIENCE, ...own, ...wish })
}

/** A token of the workload of this kind, made now, for five minutes; `changes` are claims and header as an attacker has them. */
export function tokenOf(
  form: TrustForm,
  now: Date,
  changes: { readonly claims?: JsonObject; readonly header?: JsonObject } = {},
): WorkloadToken {
  const { alg, issuer, claims } = WORKLOADS[form]
  const iat = Math.floor(now.getTime() / 1000)
  const time = { iat, nbf: iat, exp: iat + 300 }
  return {
    header: { alg, kid: "key-1", typ: "JWT", ...changes.header },
    claims: {
      ...(form !== "spiffe" && { iss: issuer }),
      aud: form === "kubernetes" ? [AUDIENCE] : AUDIENCE,
      ...time,
      jti: crypto.randomUUID(),
      ...claims,
      ...changes.claims,
    },
  }
}
