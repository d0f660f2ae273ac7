import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"
import { type Approval, type Id, newId, type Role, systemClock } from "@tabard/core"
import { makeMachine } from "../world/machine.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { keptTrustRule } from "../world/sample-trust-rule.ts"

type Table = readonly (readonly [string, Operation<unknown, unknown>])[]

const TABLE: Table = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })
const SOON = new Date(Date.now() + 3600_000).toISOString()

/** What an id stands for, by the address it is in. An address that is not here fails the test that asks for it. */
const SUBJECTS = [
  "agents",
  "approvals",
  "decisions",
  "delegations",
  "events",
  "findings",
  "offers",
  "tasks",
  "trust-rules",
] as const
type Subject = (typeof SUBJECTS)[number]

/** Ids that name nothing of an agent: one's own, of what administrators and security look after, or of what everybody sees. */
const ELSEWHERE = [
  "client-grants",
  "client-requests",
  "people",
  // Named by kind and subject: asked below.
  "policies",
  "reporters",
  "sessions",
  "teams",
  "tools",
  "views",
]

/** The least that is right besides the id, for each operation that a member may ask about one thing. */
const BODIES: Readonly<Record<string, object>> = {
  acceptFinding: { reason: "x", until: SOON },
  acceptOwnership: {},
  addMaintainer: { user: "usr_none" },
  addMaintainingTeam: { team: "tem_none" },
  allowDelegation: { to: newId("agent", systemClock) },
  answerApproval: { verdict: "denied" },
  closeTask: {},
  nameAgentSuccessor: { successor: null },
  attestCredential: { credential: "crd_none", note: "x" },
  declineRenewal: { reason: "x" },
  declineOwnership: { reason: "x" },
  describeAgent: { purpose: "x" },
  observeAgent: { reason: "x", days: 1 },
  enforceAgent: { reason: "x" },
  previewEnforcing: {},
  recordRehearsal: {},
  offerEnrolment: {},
  offerOwnership: { to: "usr_none" },
  openTask: { text: "x", server: newId("server", systemClock), tools: ["x"], folder: null, minutes: 1 },
  putManifest: { manifest: "x" },
  checkManifest: { manifest: "x" },
  removeMaintainer: {},
  removeMaintainingTeam: {},
  renewMandate: { expiresAt: SOON },
  reopenFinding: { reason: "x" },
  revokeInstance: { reason: "x" },
  revokeToken: { reason: "x" },
  resumeAgent: { reason: "x" },
  retireAgent: { reason: "x" },
  signRetirement: { reason: "x" },
  removeTrustRule: { reason: "x" },
  suspendAgent: { reason: "x" },
  testTrustRule: { token: "x" },
  withdrawDelegation: {},
  withdrawOffer: {},
}

/** What a list is asked that answers nothing without a question: everything that would find another's. */
const QUESTIONS: Readonly<Record<string, () => readonly string[]>> = {
  searchEverything: () => [...Object.values(own), agentName].map(asked),
}

let tabard: RunningTabard
let people: Readonly<Record<Role | "owner" | "helper", Person>>
let own: Readonly<Record<Subject, string>>
let agentName: string

before(async () => {
  await using machine = await makeMachine()
  tabard = await runTabard({ scan: [machine.root] })
  await tabard.server.scans.settled()
  const add = (role: Role): Promise<Person> => addPerson(tabard.server, role)
  people = {
    administrator: await add("administrator"),
    security: await add("security"),
    auditor: await add("auditor"),
    member: await add("member"),
    owner: await add("member"),
    helper: await add("member"),
  }
  own = await lay()
})
after(() => tabard[Symbol.asyncDispose]())

describe("what is another's", () => {
  for (const [name, operation] of TABLE.filter(([, { path }]) => path.includes("/:"))) {
    const kind = operation.path.split("/")[1] ?? ""
    if (ELSEWHERE.includes(kind) || !mayMember(operation)) continue
    it(`is not there for a member who asks ${name}`, async () => {
      const subject = SUBJECTS.find((one) => one === kind) ?? assert.fail(`what stands in ${operation.path}?`)
      const body = operation.method === "GET" ? {} : (BODIES[name] ?? assert.fail(`no body for ${name}`))
      const answer = await ask(people.member, operation, { id: own[subject], body })
      assert.equal(answer.status, 404, answer.text)
      assert.match(
        String(Reflect.get(JSON.parse(answer.text), "code")),
        new RegExp(`^${subject.slice(0, -1).replace("-", "_")}_not_found$`),
      )
    })
  }

  it("is not there for a member who asks what its policies are or were, or would write them", async () => {
    for (const [name, body] of [
      ["getOwnPolicies", undefined],
      ["listPolicyVersions", undefined],
      ["previewOwnPolicies", { source: "" }],
      ["putOwnPolicies", { source: "", seen: 0 }],
    ] as const) {
      const { method, path } = OPERATIONS[name]
      for (const kind of body ? ["hand"] : ["hand", "manifest"]) {
        const address = path.replace(":kind", kind).replace(":subject", own.agents)
        const { status, text } = await ask(
          people.member,
          { method, path: address },
          { ...(body && { body }) },
        )
        assert.equal(status, 404, `${name} ${kind}: ${text}`)
        assert.match(text, /agent_not_found/)
      }
    }
  })

  it("is not there for a member who asks what would be decided of it, and is for its owner", async () => {
    const answers = [
      [people.member, { decision: own.decisions }, 404, /decision_not_found/],
      [people.member, { agent: own.agents, tool: "notes/write", arguments: "{}" }, 404, /_not_found/],
      [people.owner, { decision: own.decisions }, 422, /arguments of this call were not kept/],
      [people.owner, { decision: own.decisions, arguments: "{}" }, 200, /"effect":"deny"/],
    ] as const
    for (const [who, body, status, words] of answers) {
      const answer = await ask(who, OPERATIONS.askWhatIf, { body })
      assert.equal(answer.status, status, answer.text)
      assert.match(answer.text, words)
    }
  })

  it("is not there for a member who supposes others in the chain, whose policies an answer would tell of", async () => {
    const entered = await ask(people.administrator, OPERATIONS.enterAgent, {
      body: { name: "Foreign", category: "production", purpose: "Is another's" },
    })
    const { id: foreign }: { id: string } = JSON.parse(entered.text)
    const asked = { decision: own.decisions, arguments: "{}" }
    const hers = people.owner.user.id
    for (const [supposed, status, words] of [
      [{ agent: foreign }, 404, /agent_not_found/],
      [{ actingFor: [foreign] }, 404, /agent_not_found/],
      [{ task: newId("task", systemClock) }, 404, /task_not_found/],
      [{ person: people.helper.user.id }, 404, /person_not_found/],
      [{ owner: people.helper.user.id }, 404, /person_not_found/],
      [{ tier: "nobody's" }, 422, /there is no tier/],
      [{ left: { spend: "much" } }, 422, /left.spend/],
      [
        { person: hers, tier: "operator", risk: 3, left: { calls: 1, spend: "2.50" } },
        200,
        /"effect":"deny"/,
      ],
    ] as const) {
      const answer = await ask(people.owner, OPERATIONS.askWhatIf, { body: { ...asked, ...supposed } })
      assert.equal(answer.status, status, `${JSON.stringify(supposed)}: ${answer.text}`)
      assert.match(answer.text, words)
    }
    const anybody = { ...asked, person: people.helper.user.id, actingFor: [foreign] }
    assert.equal((await ask(people.administrator, OPERATIONS.askWhatIf, { body: anybody })).status, 200)
  })

  it("is not there for a member who plans or applies a manifest for it, and a helper does neither", async () => {
    const text = "purpose: Tidies notes\ntier: read-only\ntools: []\n"
    const manifests = [{ agent: own.agents, manifest: text }]
    for (const [name, body] of [
      ["planManifests", { manifests }],
      ["applyManifests", { manifests, digest: "x" }],
    ] as const) {
      const unseen = await ask(people.member, OPERATIONS[name], { body })
      assert.equal(unseen.status, 404, unseen.text)
      assert.match(unseen.text, /agent_not_found/)
      assert.equal((await ask(people.helper, OPERATIONS[name], { body })).status, 403)
      const owners = await ask(people.owner, OPERATIONS[name], { body })
      assert.ok([200, 409, 422].includes(owners.status), owners.text)
    }
  })

  for (const [name, operation] of TABLE.filter(isList)) {
    it(`is in nothing that ${name} tells a member`, async () => {
      for (const query of QUESTIONS[name]?.() ?? [""]) {
        const { text, status } = await ask(people.member, operation, { query })
        assert.equal(status, 200, text)
        for (const id of Object.values(own)) assert.ok(!text.includes(id), `${id} in ${text.slice(0, 2000)}`)
      }
    })
  }

  it("is there for everybody else, by id and in lists", async () => {
    for (const who of ["administrator", "security", "auditor", "owner", "helper"] as const) {
      for (const name of [
        "listAgents",
        "listFindings",
        "listEvents",
        "listApprovals",
        "listDecisions",
        "exportRegister",
      ] as const) {
        const { text } = await ask(people[who], OPERATIONS[name])
        assert.ok(text.includes(own.agents), `${who}: ${name}`)
      }
      for (const [query, id] of [
        [agentName, own.agents],
        [own.agents, own.agents],
        [own.approvals, own.approvals],
        [own.findings, own.findings],
        [own.tasks, own.tasks],
      ] as const) {
        const { text } = await ask(people[who], OPERATIONS.searchEverything, { query: asked(query) })
        assert.ok(text.includes(id), `${who}: ${query}: ${text}`)
      }
      for (const [name, id] of [
        ["getAgent", own.agents],
        ["getFinding", own.findings],
        ["getApproval", own.approvals],
        ["getDecision", own.decisions],
        ["getEvent", own.events],
        ["getEventProof", own.events],
      ] as const) {
        const { status, text } = await ask(people[who], OPERATIONS[name], { id })
        assert.equal(status, 200, `${who}: ${name}: ${text}`)
      }
    }
  })

  it("is not counted for a member, and their own is", async () => {
    const counts = async (who: "member" | "owner" | "administrator"): Promise<readonly unknown[]> => {
      const { text } = await ask(people[who], OPERATIONS.getOverview)
      const overview: Record<string, unknown> = JSON.parse(text)
      const total = (name: string): number =>
        Object.values(Object(overview[name])).reduce((sum: number, one) => sum + Number(one), 0)
      return [total("agentsByState"), total("findingsBySeverity") > 0, overview["pendingApprovals"]]
    }
    assert.deepEqual(await counts("member"), [0, false, 0])
    assert.deepEqual(await counts("owner"), [1, true, 1])
    const [all] = await counts("administrator")
    assert.ok(Number(all) > 1, "there are others to be counted")
  })
})

describe("an auditor", () => {
  it("changes nothing of anybody's agent", async () => {
    for (const [name, operation] of TABLE) {
      const kind = SUBJECTS.find((one) => operation.path.startsWith(`/${one}/:id`))
      if (!kind || operation.method === "GET" || !mayMember(operation)) continue
      const answer = await ask(people.auditor, operation, { id: own[kind], body: BODIES[name] ?? {} })
      assert.ok(answer.status >= 400 && answer.status < 500, `${name}: ${answer.status} ${answer.text}`)
    }
  })
})

function asked(text: string): string {
  return `?q=${encodeURIComponent(text)}`
}

function mayMember({ access }: Operation<unknown, unknown>): boolean {
  return access === "signed-in" || (access !== "public" && access.includes("member"))
}

function isList([, operation]: Table[number]): boolean {
  return operation.method === "GET" && !operation.path.includes("/:") && mayMember(operation)
}

async function ask(
  { cookie }: Person,
  { method, path }: Pick<Operation<never, unknown>, "method" | "path">,
  { id = "", body, query = "" }: { id?: string; body?: object; query?: string } = {},
): Promise<RawAnswer> {
  const address = `/api/v1${path.replace(":id", id).replace(/:\w+/g, "usr_none")}${query}`
  const headers = { cookie, "x-tabard": "1", "content-type": "application/json" }
  return rawRequest(tabard.server.publicUrl, {
    method,
    path: address,
    headers,
    ...(method !== "GET" && { body: JSON.stringify(body ?? {}) }),
  })
}

/** Gives one found agent its owner, a helper, a task, a question, an offer and a finding of its own. */
async function lay(): Promise<Readonly<Record<Subject, string>>> {
  const { shelf } = tabard.server.organisation
  const now = systemClock.now()
  const expiresAt = new Date(now.getTime() + 3600_000)
  const { owner, helper, administrator } = people
  return shelf.transact(async (tx) => {
    const findings = await tx.findings.list({ now, limit: 1000 })
    const all = await tx.agents.list({ limit: 1000 })
    const agent =
      all.find(({ id }) => findings.some(({ subject }) => subject === id)) ?? assert.fail("no agent")
    const finding = findings.find(({ subject }) => subject === agent.id) ?? assert.fail("no finding")
    assert.ok(await tx.agents.handOver(agent.id, null, owner.user.id, now))
    await tx.maintainers.add({ agent: agent.id, user: helper.user.id, addedBy: owner.user.id, addedAt: now })
    const named = (await tx.facts.of([agent.id])).find(({ name }) => name === "name")
    agentName = typeof named?.value === "string" ? named.value : assert.fail("an agent without a name")
    const task = newId("task", systemClock)
    const server = newId("server", systemClock)
    await tx.tasks.insert({
      id: task,
      agent: agent.id,
      text: "x",
      opener: { kind: "user", user: owner.user.id },
      onBehalfOf: owner.user.id,
      scope: { server, tools: [], folder: null },
      openedAt: now,
      expiresAt,
      closedAt: null,
    })
    const approval = await tx.approvals.request(question(agent.id, server, { createdAt: now, expiresAt }))
    const offer = newId("offer", systemClock)
    await tx.offers.insert({
      id: offer,
      agent: agent.id,
      to: administrator.user.id,
      by: owner.user.id,
      note: null,
      terms: null,
      offeredAt: now,
      expiresAt,
      state: { kind: "pending" },
    })
    const rule = keptTrustRule(agent.id, owner.user.id, "deploys")
    await tx.trustRules.add(rule)
    const delegation = newId("delegation", systemClock)
    await tx.delegations.allow({
      id: delegation,
      from: agent.id,
      to: newId("agent", systemClock),
      scope: null,
      allowedBy: owner.user.id,
      allowedAt: now,
      expiresAt: null,
      withdrawnAt: null,
    })
    const decision = newId("decision", systemClock)
    await tx.decisions.insert({
      id: decision,
      call: newId("call", systemClock),
      agent: agent.id,
      task,
      action: "notes/write",
      resource: server,
      effect: "deny",
      code: "no_policy",
      reasons: [],
      approval: null,
      observed: null,
      version: 1,
      at: now,
      onBehalfOf: owner.user.id,
    })
    const [event] = await tx.outbox.list({ agent: agent.id, limit: 1 })
    return {
      agents: agent.id,
      approvals: approval.id,
      decisions: decision,
      delegations: delegation,
      events: event?.id ?? assert.fail("nothing is recorded of it"),
      findings: finding.id,
      offers: offer,
      tasks: task,
      "trust-rules": rule.id,
    }
  })
}

function question(
  agent: Id<"agent">,
  server: Id<"server">,
  times: Pick<Approval, "createdAt" | "expiresAt">,
): Approval {
  return {
    id: newId("approval", systemClock),
    handle: "a handle",
    question: {
      kind: "call",
      agent,
      instance: newId("instance", systemClock),
      task: null,
      server,
      tool: "write",
      toolDigest: "digest",
      arguments: {},
      chain: [],
      resource: "x",
    },
    actionHash: "a",
    nonce: "n",
    bindingHash: "b",
    say: [],
    policies: [],
    routes: ["owner"],
    approvers: [people.owner.user.id],
    state: { kind: "pending" },
    ...times,
    agreed: [],
    spentBy: null,
  }
}
