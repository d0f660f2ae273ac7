import { proposeTerms, sampleToken, type TrustWish } from "@tabard/control"
import {
  type JsonObject,
  ManualClock,
  newId,
  systemClock,
  type TrustFields,
  type TrustForm,
  type TrustRule,
  type TrustTerms,
} from "@tabard/core"
import { targetRules } from "../../notifications/guard-address.ts"
import { type OAuthWorld, openOAuthWorld } from "../../oauth/testing/oauth-world.ts"
import { requestToken, type TokenAnswer } from "../../oauth/testing/token-request.ts"
import { KEYS_LAST_MS, OutsideKeys } from "../outside-keys.ts"
import { type IssuerKey, issuerKey, type LocalIssuer, mint, startIssuer } from "./local-issuer.ts"

const GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
const OTHER_GUID = "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10"
const CLUSTER = "https://kubernetes.default.svc.cluster.local"

/** A workload of each kind of issuer, and the algorithm that its issuer signs by. */
export const SAMPLES: Readonly<Record<TrustForm, readonly [alg: string, fields: TrustFields]>> = {
  "github-actions": [
    "RS256",
    {
      form: "github-actions",
      repository: "acme/app",
      repositoryId: "7401",
      ownerId: "65",
      environment: "production",
      workflow: "acme/app/.github/workflows/deploy.yml",
    },
  ],
  kubernetes: [
    "RS256",
    { form: "kubernetes", issuer: CLUSTER, namespace: "prod", serviceAccount: "agent", uid: GUID },
  ],
  spiffe: ["ES256", { form: "spiffe", spiffeId: "spiffe://acme.example/agents/notes" }],
  aws: [
    "ES384",
    {
      form: "aws",
      issuer: `https://${GUID}.tokens.sts.global.api.aws`,
      role: "arn:aws:iam::123456789012:role/notes",
    },
  ],
  gcp: ["RS256", { form: "gcp", uniqueId: "104029292853099978293" }],
  entra: ["RS256", { form: "entra", tenant: GUID, objectId: OTHER_GUID }],
  openid: ["ES256", { form: "openid", issuer: "https://id.acme.example", subjectPrefix: "ci/app/" }],
}

/** An authorization server that trusts one workload of one kind, and that workload's issuer. */
export interface WorkloadWorld extends OAuthWorld {
  readonly form: TrustForm
  readonly issuer: LocalIssuer
  readonly signer: IssuerKey
  readonly rule: TrustRule
  readonly outsideKeys: OutsideKeys
  /** Has the issuer asked for its keys again, when they are needed next. */
  forgetKeys(): void
}

/** Opens a world with a rule of this form; its tokens count once unless the wish says otherwise. */
export async function openWorkloadWorld(
  form: TrustForm,
  wish: Partial<TrustWish> = {},
): Promise<WorkloadWorld> {
  await using opening = new AsyncDisposableStack()
  const [alg, fields] = SAMPLES[form]
  const signer = await signerOf(form, alg)
  const issuer = opening.use(await startIssuer([signer]))
  const time = new ManualClock(systemClock.now().toISOString())
  const outsideKeys = new OutsideKeys({ rules: targetRules({ production: false, listed: [] }), clock: time })
  const world = opening.use(await openOAuthWorld("ES256", "/oauth", { outsideKeys }))
  const terms = proposeTerms({
    fields,
    audience: world.server.issuer,
    keys: { kind: "address", url: issuer.jwksUrl },
    oneTime: true,
    ...wish,
  })
  const rule = await trust(world, fields, terms)
  const opened = opening.move()
  const forgetKeys = (): void => time.advance(KEYS_LAST_MS)
  return {
    ...world,
    form,
    issuer,
    signer,
    rule,
    outsideKeys,
    forgetKeys,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const signers = new Map<TrustForm, Promise<IssuerKey>>()

/** Making an RSA key takes longer than everything else, so each form has one. */
function signerOf(form: TrustForm, alg: string): Promise<IssuerKey> {
  const members = form === "spiffe" ? { use: "jwt-svid" } : { use: "sig", alg }
  const made = signers.get(form) ?? issuerKey(alg, "key-1", members)
  signers.set(form, made)
  return made
}

/** Keeps a rule and its install, as making one does. */
export async function trust(
  { shelf, agent, owner }: OAuthWorld,
  fields: TrustFields,
  terms: TrustTerms,
): Promise<TrustRule> {
  const id = newId("trustRule", systemClock)
  const instance = newId("instance", systemClock)
  const madeAt = systemClock.now()
  const own = { id, agent: agent.id, instance, name: id, madeBy: owner.id, madeAt, removedAt: null }
  const rule: TrustRule = { ...terms, ...own, fields }
  await shelf.transact(async (tx) => {
    await tx.trustRules.add(rule)
    await tx.instances.insert({
      id: instance,
      agent: agent.id,
      kind: "federated",
      label: id,
      jwk: null,
      thumbprint: null,
      enrolledAt: madeAt,
      lastUsedAt: null,
      revokedAt: null,
    })
  })
  return rule
}

/** What a token of the world's workload says now, with what a test changes. */
export function claimsOf({ rule }: WorkloadWorld, changes: JsonObject = {}): JsonObject {
  const { claims } = sampleToken(rule.fields, rule, systemClock.now())
  return { ...claims, jti: crypto.randomUUID(), ...changes }
}

/** A token of the workload, signed by its issuer. */
export function workloadToken(world: WorkloadWorld, changes: JsonObject = {}): Promise<string> {
  return mint(world.signer, { claims: claimsOf(world, changes) })
}

/** Brings a token as a workload does: without any client, with a proof of a key of its own. */
export function presentToken(
  world: OAuthWorld,
  assertion: string | null,
  changes: NonNullable<Parameters<typeof requestToken>[1]> = {},
): Promise<TokenAnswer> {
  const form = {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    client_assertion: null,
    client_assertion_type: null,
    assertion,
    ...changes.form,
  }
  return requestToken(world, { ...changes, form })
}
