import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Json, JsonObject } from "@tabard/core"
import { DEFAULT_STANDARDS } from "../standards/standards.ts"
import { type AdmissionAnswer, judgeAdmission } from "./kubernetes/judge-admission.ts"
import type { AgentSigns, ReviewedAgent } from "./provisioned.ts"

const LOCK = `sha256:${"a".repeat(64)}`
const SIGNS: AgentSigns = {
  image: (name) => (name.startsWith("example/agent") ? "an agent that tests know" : undefined),
  resource: () => undefined,
}
const PAYER: ReviewedAgent = { agent: "payer", owner: "ann@example.test", lock: LOCK, findings: [] }
const OWN = { "tabard/agent": "payer", "tabard/owner": "Ann@example.test", "tabard/lock": LOCK }
const POD = { serviceAccountName: "payer", containers: [{ name: "main", image: "example/agent:1" }] }

describe("the admission of a workload", () => {
  for (const kind of ["Pod", "Deployment", "CronJob", "Rollout"])
    it(`lets a ${kind} in that runs the agent that was reviewed, as its own account`, () => {
      assert.deepEqual(answerTo(workload(kind, OWN, POD)), { uid: "u-1", allowed: true })
    })

  for (const [what, annotations, pod, words] of [
    [
      "an agent that names no manifest",
      {},
      POD,
      /taken for an agent \(its image is an agent that tests know\)/,
    ],
    [
      "a program that is given a model's key and says nothing",
      {},
      {
        containers: [{ image: "x", env: [{ name: "OPENAI_API_KEY", value: "k" }] }],
        serviceAccountName: "x",
      },
      /it is given OPENAI_API_KEY/,
    ],
    [
      "an agent in a container that only starts the others",
      {},
      { initContainers: [{ image: "example/agent" }], containers: [{ image: "x" }] },
      /taken for an agent/,
    ],
    [
      "whoever takes an agent's account without saying so",
      {},
      { ...POD, containers: [{ image: "x" }] },
      /agent payer's/,
    ],
    ["an agent that nobody reviewed", { ...OWN, "tabard/agent": "other" }, POD, /no manifest/],
    [
      "another owner",
      { ...OWN, "tabard/owner": "bea@example.test" },
      POD,
      /names bea@example\.test, and its manifest ann@/,
    ],
    ["no owner", { "tabard/agent": "payer", "tabard/lock": LOCK }, POD, /names no owner/],
    ["another lock", { ...OWN, "tabard/lock": LOCK.replace("a", "b") }, POD, /and sha256:a+ was reviewed/],
    ["no lock", { "tabard/agent": "payer", "tabard/owner": "ann@example.test" }, POD, /names no lock/],
    ["another account", OWN, { ...POD, serviceAccountName: "admin" }, /agents\/payer is asked for/],
    ["the account of everybody", OWN, { containers: POD.containers }, /runs as agents\/default/],
  ] as const)
    it(`keeps out ${what}, in words that say what to do`, () => {
      const { allowed, status } = answerTo(workload("Deployment", annotations, pod))
      assert.equal(allowed, false)
      assert.equal(status?.code, 403)
      assert.match(status?.message ?? "", words)
      assert.match(status?.message ?? "", /Deployment agents\/payments/)
    })

  it("lets in what is no agent, what goes, and what is looked into", () => {
    const shop = workload("Deployment", {}, { containers: [{ image: "shop" }] })
    assert.equal(answerTo(shop).allowed, true)
    assert.equal(answerTo(workload("Deployment", {}, POD), { operation: "DELETE" }).allowed, true)
  })

  it("judges a dry run as if it were none", () => {
    assert.equal(answerTo(workload("Deployment", {}, POD), { dryRun: true }).allowed, false)
  })

  it("warns of what is less than what keeps out, in lines that the API server does not cut", () => {
    const { allowed, warnings } = answerTo(workload("Deployment", {}, POD), {}, "critical")
    assert.equal(allowed, true)
    assert.ok(warnings?.every((warning) => warning.length > 0 && warning.length <= 120))
  })

  it("says that the manifest itself does not hold, as severely as it does not", () => {
    const finding = {
      rule: "expiry-passed",
      severity: "high",
      subject: "payer",
      message: "It ended.",
      remediation: "Renew it.",
      controls: [],
      evidence: [],
    } as const
    const answer = judgeAdmission(review(workload("Pod", OWN, POD)), {
      ...terms("high"),
      reviewed: new Map([["payer", { ...PAYER, findings: [finding] }]]),
    })
    assert.match(answer?.response.status?.message ?? "", /Its manifest: It ended/)
  })

  it("refuses a review that it cannot understand, and answers nothing to what is no review", () => {
    assert.equal(answerTo(null).allowed, false)
    for (const odd of [
      null,
      1,
      [],
      {},
      { kind: "AdmissionReview" },
      { ...review({}), apiVersion: "v1" },
      { ...review({}), request: { uid: 7 } },
    ])
      assert.equal(judgeAdmission(odd, terms("high")), undefined)
  })

  it("lets nothing that a stranger wrote reach a terminal", () => {
    const { status } = answerTo(workload("Deployment", { ...OWN, "tabard/agent": "\u001b[2J\u202e" }, POD))
    assert.doesNotMatch(status?.message ?? "", /\p{Cc}|\p{Cf}/u)
    assert.match(status?.message ?? "", /u\{1b\}/)
  })

  it("finds a pod however deep it is described", () => {
    let nested: Json = { containers: [{ image: "example/agent" }] }
    for (let depth = 0; depth < 60; depth++) nested = { spec: nested }
    assert.equal(answerTo(nested).allowed, false)
  })
})

type Response = AdmissionAnswer["response"]

function answerTo(object: Json, request: JsonObject = {}, failOn: "high" | "critical" = "high"): Response {
  const answer = judgeAdmission(review(object, request), terms(failOn))
  assert.ok(answer)
  return answer.response
}

function terms(failOn: "high" | "critical"): Parameters<typeof judgeAdmission>[1] {
  return {
    standards: { ...DEFAULT_STANDARDS, workloads: [{ agent: "payer", accounts: ["agents/payer"] }] },
    reviewed: new Map([["payer", PAYER]]),
    signs: SIGNS,
    failOn,
    now: new Date("2027-03-01T00:00:00Z"),
  }
}

function review(object: Json, request: JsonObject = {}): JsonObject {
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: "u-1",
      kind: { group: "apps", version: "v1", kind: "Deployment" },
      namespace: "agents",
      name: "payments",
      operation: "CREATE",
      object,
      ...request,
    },
  }
}

/** A workload of a kind, with annotations at its pod. */
function workload(kind: string, annotations: JsonObject, pod: JsonObject): JsonObject {
  const template = { metadata: { annotations }, spec: pod }
  const specs: Readonly<Record<string, JsonObject>> = {
    Pod: pod,
    CronJob: { jobTemplate: { spec: { template } } },
  }
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name: "payments", ...(kind === "Pod" ? { annotations } : {}) },
    spec: specs[kind] ?? { template },
  }
}
