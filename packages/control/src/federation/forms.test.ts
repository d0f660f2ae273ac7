import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type JsonObject, ManualClock, Problem, type TrustFields, type TrustForm } from "@tabard/core"
import { parseGitHubSubject } from "./forms/github-actions.ts"
import { judgeWorkload } from "./judge-workload.ts"
import { proposeTerms, type TrustWish } from "./propose-terms.ts"
import { AUDIENCE, termsOf, tokenOf, WORKLOADS } from "./testing/workloads.ts"

const now = new ManualClock("2026-11-01T12:00:00.000Z").now()
const UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

/** What a platform never says of the workload that the rule is about, though it looks alike. */
const STRANGERS: readonly (readonly [string, TrustForm, JsonObject, header?: JsonObject])[] = [
  [
    "a repository that took over the name",
    "github-actions",
    {
      sub: "repo:acme@66/app@9001:environment:production",
      repository_id: "9001",
      repository_owner_id: "66",
    },
  ],
  [
    "the same under the older form of the subject",
    "github-actions",
    { sub: "repo:acme/app:environment:production", repository_id: "9001", repository_owner_id: "66" },
  ],
  [
    "a subject that names other ids than its claims",
    "github-actions",
    { sub: "repo:acme@65/app@9001:environment:production" },
  ],
  [
    "a subject that names another repository than its claims",
    "github-actions",
    { sub: "repo:acme/app-evil:environment:production" },
  ],
  [
    "another workflow of the repository",
    "github-actions",
    { job_workflow_ref: "acme/app/.github/workflows/deploy.yml.evil.yml@refs/heads/main" },
  ],
  [
    "a pull request, which has no environment",
    "github-actions",
    { environment: undefined, sub: "repo:acme@65/app@7401:pull_request" },
  ],
  ["no ids at all", "github-actions", { repository_id: undefined, repository_owner_id: undefined }],
  [
    "a legacy token",
    "kubernetes",
    {
      iss: "kubernetes/serviceaccount",
      exp: undefined,
      "kubernetes.io": undefined,
      "kubernetes.io/serviceaccount/namespace": "prod",
    },
  ],
  [
    "an account that was deleted and made again",
    "kubernetes",
    {
      "kubernetes.io": {
        namespace: "prod",
        serviceaccount: { name: "agent", uid: "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10" },
      },
    },
  ],
  [
    "a subject of another namespace than its claims",
    "kubernetes",
    { sub: "system:serviceaccount:dev:agent" },
  ],
  ["an account of another trust domain", "spiffe", { sub: "spiffe://acme.example.evil/agents/notes" }],
  ["a subject that climbs", "spiffe", { sub: "spiffe://acme.example/agents/x/../notes" }],
  ["a header with a key in it", "spiffe", {}, { jwk: { kty: "EC" } }],
  ["EdDSA, which JWT-SVIDs do not use", "spiffe", {}, { alg: "EdDSA" }],
  ["a role of the same name in another account", "aws", { sub: "arn:aws:iam::999999999999:role/notes" }],
  ["a life shorter than the platform gives", "aws", { exp: Math.floor(now.getTime() / 1000) + 59 }],
  ["no account", "aws", { "https://sts.amazonaws.com/": undefined }],
  ["an address in place of the number", "gcp", { sub: "notes@acme.iam.gserviceaccount.com" }],
  ["an address that was not verified", "gcp", { email_verified: false }],
  ["another tenant's identity", "entra", { tid: "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10" }],
  [
    "the issuer that stands for every tenant",
    "entra",
    { iss: "https://login.microsoftonline.com/common/v2.0" },
  ],
  ["a name that begins alike", "openid", { sub: "ci/app-evil/main" }],
]

describe("a ready form", () => {
  for (const [stranger, form, claims, header = {}] of STRANGERS) {
    it(`lets in nothing like ${stranger}: ${form}`, () => {
      const refused = judgeWorkload(termsOf(form), tokenOf(form, now, { claims, header }), now)
      assert.ok(refused.length > 0)
    })
  }

  it("reads both forms of GitHub's subjects, and no other", () => {
    const lasting = {
      repository: "acme/app",
      ids: { owner: "65", repository: "7401" },
      context: "ref:refs/heads/main",
    }
    assert.deepEqual(parseGitHubSubject("repo:acme@65/app@7401:ref:refs/heads/main"), lasting)
    assert.deepEqual(parseGitHubSubject("repo:acme/app:ref:refs/heads/main"), { ...lasting, ids: null })
    for (const other of ["repo:acme/app", "repo:acme@65/app:x", "repository_owner_id:65", "repo:a/b/c:x"])
      assert.equal(parseGitHubSubject(other), undefined, other)
  })

  it("takes both forms of GitHub's subjects for one repository", () => {
    const terms = termsOf("github-actions")
    const plain = tokenOf("github-actions", now, { claims: { sub: "repo:acme/app:environment:production" } })
    assert.deepEqual(judgeWorkload(terms, plain, now), [])
  })

  it("takes tokens of both versions of Entra, each by its own rule", () => {
    const fields: TrustFields = { form: "entra", tenant: UID, objectId: UID, version: 1 }
    const terms = proposeTerms({ fields, audience: AUDIENCE })
    const claims = { iss: `https://sts.windows.net/${UID}/`, oid: UID, sub: UID }
    assert.deepEqual(judgeWorkload(terms, tokenOf("entra", now, { claims }), now), [])
    assert.ok(judgeWorkload(termsOf("entra"), tokenOf("entra", now, { claims }), now).length > 0)
  })

  it("lets in what stands below a path of a trust domain, and not what begins alike", () => {
    const fields: TrustFields = { form: "spiffe", spiffeId: "spiffe://acme.example/agents/" }
    const terms = termsOf("spiffe", { fields })
    const judged = (sub: string) =>
      judgeWorkload(terms, tokenOf("spiffe", now, { claims: { sub } }), now).length
    assert.equal(judged("spiffe://acme.example/agents/notes"), 0)
    assert.equal(judged("spiffe://acme.example/agents-evil/notes"), 1)
    assert.equal(judged("spiffe://acme.example/agents"), 1)
  })
})

describe("a form that is filled in wrongly", () => {
  const wrong: readonly (readonly [string, TrustFields, Partial<TrustWish>?])[] = [
    ["a repository without its owner", { form: "github-actions", repository: "app" }],
    ["an id that is a name", { form: "github-actions", repository: "acme/app", repositoryId: "app" }],
    [
      "a workflow that is no file of the repository",
      { form: "github-actions", repository: "acme/app", workflow: "deploy.yml" },
    ],
    [
      "the issuer of legacy tokens",
      { form: "kubernetes", issuer: "kubernetes/serviceaccount", namespace: "a", serviceAccount: "b" },
    ],
    ["a trust domain without a path", { form: "spiffe", spiffeId: "spiffe://acme.example" }],
    [
      "a whole trust domain",
      { form: "spiffe", spiffeId: "spiffe://acme.example/" },
      WORKLOADS.spiffe.wish ?? {},
    ],
    ["a bundle from nowhere", WORKLOADS.spiffe.fields, { keys: undefined }],
    [
      "an issuer of no account",
      { form: "aws", issuer: "https://evil.example", role: "arn:aws:iam::123456789012:role/x" },
    ],
    [
      "a user of AWS",
      { form: "aws", issuer: WORKLOADS.aws.issuer, role: "arn:aws:iam::123456789012:user/x" },
    ],
    ["the address of a service account", { form: "gcp", uniqueId: "notes@acme.iam.gserviceaccount.com" }],
    ["every tenant", { form: "entra", tenant: "common", objectId: UID }],
    ["nothing but an issuer", { form: "openid", issuer: "https://id.example" }],
    [
      "a beginning that ends within a name",
      { form: "openid", issuer: "https://id.example", subjectPrefix: "ci/app" },
    ],
    [
      "a beginning that is a delimiter alone",
      { form: "openid", issuer: "https://id.example", subjectPrefix: "/" },
    ],
    ["lives of days", WORKLOADS.gcp.fields, { maxLifeSeconds: 90_001 }],
    ["an issuer that is no address", { form: "openid", issuer: "id.example", subject: "x" }],
  ]
  for (const [mistake, fields, wish = {}] of wrong) {
    it(`is refused: ${mistake}`, () => {
      assert.throws(
        () => proposeTerms({ fields, audience: AUDIENCE, ...wish }),
        (error) => error instanceof Problem && error.code === "trust_rule_invalid",
      )
    })
  }
})
