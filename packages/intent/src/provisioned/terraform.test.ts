import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { DEFAULT_STANDARDS, type Standards } from "../standards/standards.ts"
import type { AgentSigns, ReviewedAgent } from "./provisioned.ts"
import { provisionedResources } from "./terraform/provisioned-resources.ts"
import { readPlan } from "./terraform/read-plan.ts"
import { vetProvisioned } from "./vet-provisioned.ts"

const LOCK = `sha256:${"a".repeat(64)}`
const TAGS = { "tabard:agent": "payer", "tabard:owner": "ann@example.test", "tabard:lock": LOCK }
const SIGNS: AgentSigns = {
  image: (name) => (name === "example/agent" ? "an agent that tests know" : undefined),
  resource: (type) => (type === "aws_bedrockagent_agent" ? "agent of Amazon Bedrock" : undefined),
}
const STANDARDS: Standards = {
  ...DEFAULT_STANDARDS,
  workloads: [{ agent: "payer", accounts: ["payer-role", "payer@p.iam", "agents/payer"] }],
}
const REVIEWED = new Map<string, ReviewedAgent>([
  ["payer", { agent: "payer", owner: "ann@example.test", lock: LOCK, findings: [] }],
])
const AGENT = { agent_name: "payer", foundation_model: "m", agent_resource_role_arn: "payer-role" }

describe("the check of a Terraform plan", () => {
  it("finds nothing in an agent that was reviewed, in a plan without agents, and in what goes or stays", () => {
    for (const change of [
      made("aws_bedrockagent_agent", { ...AGENT, tags: TAGS }),
      made("aws_s3_bucket", { bucket: "b" }),
      made("aws_iam_role", { name: "web", assume_role_policy: trust({ Service: "ec2.amazonaws.com" }) }),
      made("aws_bedrockagent_agent", AGENT, ["delete"]),
      made("aws_bedrockagent_agent", AGENT, ["no-op"]),
      made("aws_iam_access_key", { user: "backups" }),
    ])
      assert.deepEqual(found(change), [], JSON.stringify(change))
  })

  for (const [what, change, rule, words] of [
    [
      "an agent without tags",
      made("aws_bedrockagent_agent", AGENT),
      "provisioned-agent-undeclared",
      /agent of Amazon Bedrock/,
    ],
    [
      "an agent that is replaced",
      made("aws_bedrockagent_agent", AGENT, ["delete", "create"]),
      "provisioned-agent-undeclared",
      /names no manifest/,
    ],
    [
      "another's name",
      made("aws_bedrockagent_agent", { ...AGENT, tags: { ...TAGS, "tabard:agent": "x" } }),
      "provisioned-agent-unknown",
      /x/,
    ],
    [
      "another owner",
      made("aws_bedrockagent_agent", { ...AGENT, tags_all: { ...TAGS, "tabard:owner": "bea" } }),
      "provisioned-owner-differs",
      /bea/,
    ],
    [
      "another role",
      made("aws_bedrockagent_agent", { ...AGENT, agent_resource_role_arn: "admin", tags: TAGS }),
      "provisioned-account-differs",
      /admin/,
    ],
    [
      "a tag that is not known yet",
      unknown(
        "aws_bedrockagent_agent",
        { ...AGENT, tags: { "tabard:agent": null } },
        { tags: { "tabard:agent": true } },
      ),
      "provisioned-agent-undeclared",
      /only known after apply/,
    ],
    [
      "a lock that is not known yet",
      unknown("aws_bedrockagent_agent", { ...AGENT, tags: TAGS }, { tags: { "tabard:lock": true } }),
      "provisioned-lock-not-reviewed",
      /only known after apply/,
    ],
    [
      "a role that Bedrock may take",
      made("aws_iam_role", { name: "r", assume_role_policy: trust({ Service: "bedrock.amazonaws.com" }) }),
      "provisioned-agent-undeclared",
      /bedrock/,
    ],
    [
      "an agent's role that anybody may take",
      made("aws_iam_role", { name: "payer-role", assume_role_policy: trust("*") }),
      "provisioned-identity-weak",
      /Anybody/,
    ],
    [
      "an agent's role whose trust is not known yet",
      unknown("aws_iam_role", { name: "payer-role" }, { assume_role_policy: true }),
      "provisioned-identity-weak",
      /only known after apply/,
    ],
    [
      "an agent's role that any repository may take",
      made("aws_iam_role", {
        name: "payer-role",
        assume_role_policy: github("repo:acme/*:ref:refs/heads/main"),
      }),
      "provisioned-identity-weak",
      /acme\/\*/,
    ],
    [
      "an agent's role that any workflow may take",
      made("aws_iam_role", { name: "payer-role", assume_role_policy: github() }),
      "provisioned-identity-weak",
      /no subject/,
    ],
    [
      "an agent's key that lasts",
      made("google_service_account_key", { service_account_id: "payer@p.iam" }),
      "provisioned-identity-weak",
      /lasts/,
    ],
    [
      "a key for whom is not known yet",
      unknown("aws_iam_access_key", {}, { user: true }),
      "provisioned-identity-weak",
      /lasts/,
    ],
    [
      "a federation that lets everybody in",
      made("azuread_application_federated_identity_credential", {
        application_id: "payer-role",
        subject: "repo:acme/*",
      }),
      "provisioned-identity-weak",
      /repo:acme\/\*/,
    ],
    [
      "a workload of Kubernetes",
      made("kubernetes_deployment_v1", pod("example/agent", {})),
      "provisioned-agent-undeclared",
      /agent that tests know/,
    ],
    [
      "a manifest of Kubernetes",
      made("kubernetes_manifest", {
        manifest: {
          kind: "Pod",
          metadata: { name: "a" },
          spec: { containers: [{ image: "example/agent" }] },
        },
      }),
      "provisioned-agent-undeclared",
      /agent that tests know/,
    ],
    [
      "a variable that gives a model's key",
      made("kubernetes_deployment", pod("x", {}, [{ name: "ANTHROPIC_API_KEY" }])),
      "provisioned-agent-undeclared",
      /ANTHROPIC_API_KEY/,
    ],
  ] as const)
    it(`finds ${what}`, () => {
      const findings = found(change)
      assert.ok(
        findings.some((finding) => finding.rule === rule && words.test(finding.message)),
        JSON.stringify(findings),
      )
    })

  it("takes no operator for a question that passes without an answer, and reads whom a role is kept from as given to the rest", () => {
    const statement = JSON.parse(github("repo:acme/app:ref:refs/heads/main")).Statement
    const sub = statement.Condition.StringLike
    for (const odd of [
      { ...statement, Condition: { StringLikeIfExists: sub } },
      { ...statement, Condition: { "ForAllValues:StringLike": sub } },
      { ...statement, Condition: { StringNotLike: sub } },
      { ...statement, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::1:root" } },
    ]) {
      const role = { name: "payer-role", assume_role_policy: JSON.stringify({ Statement: [odd] }) }
      const rules = found(made("aws_iam_role", role)).map(({ rule }) => rule)
      assert.deepEqual(rules, ["provisioned-identity-weak"], JSON.stringify(odd))
    }
    const good = { name: "payer-role", assume_role_policy: JSON.stringify({ Statement: [statement] }) }
    assert.deepEqual(found(made("aws_iam_role", good)), [])
  })

  it("finds nothing in a workload of Kubernetes that was reviewed", () => {
    const own = { "tabard/agent": "payer", "tabard/owner": "ann@example.test", "tabard/lock": LOCK }
    assert.deepEqual(found(made("kubernetes_deployment", pod("example/agent", own))), [])
  })

  it("reads what is put off until later like the rest", () => {
    const plan = {
      format_version: "1.2",
      resource_changes: [],
      deferred_changes: [{ resource_change: made("aws_bedrockagent_agent", AGENT) }],
    }
    assert.equal(vetted(JSON.stringify(plan)).length, 1)
  })

  for (const [what, plan] of [
    ["another format", { format_version: "2.0", resource_changes: [] }],
    ["no format", { resource_changes: [] }],
    ["a plan that failed", { format_version: "1.2", errored: true, resource_changes: [] }],
    ["a state", { format_version: "1.0", values: {} }],
    ["a list", []],
  ] as const)
    it(`refuses ${what}`, () => {
      assert.throws(() => readPlan(JSON.stringify(plan)), /the plan cannot be checked/)
    })

  it("refuses what is no JSON, too deep or too long", () => {
    for (const text of ["{", "[".repeat(100_000), " ".repeat(65 * 1024 * 1024)])
      assert.throws(() => readPlan(text), /the plan cannot be checked/)
  })
})

function found(change: object): ReturnType<typeof vetted> {
  return vetted(
    JSON.stringify({ format_version: "1.2", terraform_version: "1.13.0", resource_changes: [change] }),
  )
}

function vetted(plan: string): ReturnType<typeof vetProvisioned>["findings"] {
  const file = { file: "plan.json", placeOf: () => undefined }
  const provisioned = provisionedResources(readPlan(plan), file, { signs: SIGNS, standards: STANDARDS })
  const sight = { provisioned, reviewed: REVIEWED, standards: STANDARDS }
  return vetProvisioned(sight, new Date("2027-03-01T00:00:00Z")).findings
}

function made(type: string, after: object, actions: readonly string[] = ["create"]): object {
  return unknown(type, after, {}, actions)
}

function unknown(
  type: string,
  after: object,
  afterUnknown: object,
  actions: readonly string[] = ["create"],
): object {
  return {
    address: `${type}.payer`,
    mode: "managed",
    type,
    name: "payer",
    change: { actions, before: null, after, after_unknown: afterUnknown },
  }
}

function trust(principal: unknown): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }],
  })
}

function github(subject?: string): string {
  const condition =
    subject === undefined ? {} : { StringLike: { "token.actions.githubusercontent.com:sub": subject } }
  return JSON.stringify({
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" },
      Condition: condition,
    },
  })
}

/** A workload as Terraform spells it: each block a list of one. */
function pod(image: string, annotations: object, env: readonly object[] = []): object {
  const spec = [{ service_account_name: "payer", container: [{ image, env }] }]
  return {
    metadata: [{ name: "payer", namespace: "agents" }],
    spec: [{ template: [{ metadata: [{ annotations }], spec }] }],
  }
}
