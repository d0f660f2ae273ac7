import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import {
  type AccessAnswer,
  type AccessWorld,
  type Asking,
  LIBRARY,
  makeAccessWorld,
} from "../world/access-world.ts"

const EVALUATION = "/access/v1/evaluation"
const EVALUATIONS = "/access/v1/evaluations"
const BORROWS = {
  subject: { type: "reader", id: "ann" },
  action: { name: "borrow" },
  resource: { type: "book", id: "b000" },
}
const CLOSED = { type: "book", id: "b001" }

let world: AccessWorld

before(async () => {
  world = await makeAccessWorld()
})
after(async () => {
  await world[Symbol.asyncDispose]()
  assert.deepEqual(world.tabard.faults, [])
})

const library = (path: string, body: unknown, asking?: Asking): Promise<AccessAnswer> =>
  world.ask(`/pdp/library${path}`, body, asking)
const decisionOf = ({ status, body }: AccessAnswer): unknown => (status === 200 ? body["decision"] : status)
const contextOf = ({ body }: AccessAnswer): Readonly<Record<string, unknown>> => Object(body["context"])
const decisions = ({ body }: AccessAnswer): unknown =>
  Array.isArray(body["evaluations"]) ? body["evaluations"].map(({ decision }) => decision) : body
const ids = ({ body }: AccessAnswer): readonly string[] =>
  Array.isArray(body["results"]) ? body["results"].map(({ id, name }) => id ?? name) : assert.fail()
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : assert.fail())
const tokenOf = ({ body }: AccessAnswer): unknown => Object(body["page"]).next_token

describe("AuthZEN Authorization API 1.0", () => {
  it("§5.1, §5.2, §5.3: names of another type, or none, are refused", async () => {
    const wrong = [
      { ...BORROWS, subject: { type: 1, id: "ann" } },
      { ...BORROWS, subject: { type: "reader", id: null } },
      { ...BORROWS, subject: ["reader"] },
      { ...BORROWS, action: { name: ["borrow"] } },
      { ...BORROWS, action: "borrow" },
      { ...BORROWS, resource: { type: "book" } },
      { ...BORROWS, resource: { id: "b000" } },
      { ...BORROWS, subject: { ...BORROWS.subject, properties: "staff" } },
      { ...BORROWS, context: [] },
    ]
    for (const body of wrong)
      assert.equal((await library(EVALUATION, body)).status, 400, JSON.stringify(body))
  })

  it("§5.5: a denial is an answer like any other, and says why; it is never a permit", async () => {
    const denied = await library(EVALUATION, { ...BORROWS, resource: CLOSED })
    assert.deepEqual([denied.status, denied.body["decision"]], [200, false])
    assert.match(String(denied.headers.get("content-type")), /^application\/json/)
    const { code, reason, evaluation_id: id } = contextOf(denied)
    assert.deepEqual([code, reason], ["no_policy", "no policy permits this"])
    assert.match(String(id), /^[\w-]{20,}$/)
    assert.equal(decisionOf(await library(EVALUATION, BORROWS)), true)
  })

  it("§7.1: without a list, or with an empty one, it is one question; a list that is none is refused", async () => {
    assert.equal(decisionOf(await library(EVALUATIONS, BORROWS)), true)
    assert.equal(decisionOf(await library(EVALUATIONS, { ...BORROWS, evaluations: [] })), true)
    assert.equal((await library(EVALUATIONS, { ...BORROWS, evaluations: {} })).status, 400)
    const many = { ...BORROWS, evaluations: Array.from({ length: 501 }, () => ({})) }
    assert.equal((await library(EVALUATIONS, many)).status, 400)
  })

  it("§7.1.1: what a question leaves out and the top does not say is missing, in its place", async () => {
    const { subject, action } = BORROWS
    const answer = await library(EVALUATIONS, {
      subject,
      action,
      evaluations: [{ resource: BORROWS.resource }, {}],
    })
    assert.deepEqual(decisions(answer), [true, false])
    const second = Object(answer.body["evaluations"])[1]
    assert.deepEqual(Object(second.context).error, { status: 400, message: "the question says no resource" })
  })

  it("§7.1.1, §11.5: what is null in a question is taken from the top like what it leaves out", async () => {
    const damaged = { ...BORROWS, resource: { ...BORROWS.resource, properties: { damaged: true } } }
    const answer = await library(EVALUATIONS, {
      ...damaged,
      context: { supported_obligations: [] },
      evaluations: [
        { subject: null },
        { subject: { ...BORROWS.subject, properties: { role: "staff" } }, resource: CLOSED, context: null },
        { resource: BORROWS.resource, action: null },
      ],
    })
    assert.deepEqual(decisions(answer), [false, false, true])
    const codes = list(answer.body["evaluations"]).map((one) => Object(Object(one).context).code)
    assert.deepEqual(codes, ["forbidden", "obligation_unsupported", "permitted"])
  })

  it("§7.1.2.1: deny_on_first_deny ends with the first denial, permit_on_first_permit with the first permit", async () => {
    const evaluations = [{}, { resource: CLOSED }, {}]
    const asked = (evaluations_semantic: unknown, list: unknown = evaluations) =>
      library(EVALUATIONS, { ...BORROWS, options: { evaluations_semantic }, evaluations: list })
    assert.deepEqual(decisions(await asked("execute_all")), [true, false, true])
    assert.deepEqual(decisions(await asked("deny_on_first_deny")), [true, false])
    assert.deepEqual(decisions(await asked("deny_on_first_deny", [{ resource: 1 }, {}])), [false])
    assert.deepEqual(decisions(await asked("permit_on_first_permit")), [true])
    assert.deepEqual(decisions(await asked("permit_on_first_permit", [{ resource: CLOSED }, {}, {}])), [
      false,
      true,
    ])
    assert.equal((await asked("permit_all")).status, 400)
  })

  it("§8.2: a result that is not whole says so by a token, and the last page by an empty one", async () => {
    const search = { ...BORROWS, resource: { type: "book" } }
    const first = await library("/access/v1/search/resource", search)
    assert.equal(ids(first).length, 100)
    assert.ok(tokenOf(first))
    const second = await library("/access/v1/search/resource", { ...search, page: { token: tokenOf(first) } })
    assert.deepEqual([ids(second).length, tokenOf(second)], [25, ""])
    assert.equal(new Set([...ids(first), ...ids(second)]).size, 125)
    const seven = await library("/access/v1/search/resource", { ...search, page: { limit: 7 } })
    assert.deepEqual(ids(seven), ids(first).slice(0, 7))
    const next = await library("/access/v1/search/resource", { ...search, page: { token: tokenOf(seven) } })
    assert.deepEqual(ids(next), ids(first).slice(7, 14), "the limit stays what it was")
    const none = await library("/access/v1/search/resource", { ...search, page: { limit: 0 } })
    assert.deepEqual([ids(none), tokenOf(none)], [[], ""], "pages of nothing have no next one")
  })

  it("§8.2, §8.2.1: a token is good for the question that it was given to alone, and for what was in force then", async () => {
    const search = { ...BORROWS, resource: { type: "book" } }
    const path = "/access/v1/search/resource"
    const token = tokenOf(await library(path, { ...search, page: { limit: 5 } }))
    const refused = async (body: object) => assert.equal((await library(path, body)).status, 400)
    await refused({ ...search, subject: { type: "reader", id: "bea" }, page: { token } })
    await refused({ ...search, context: { desk: "1" }, page: { token } })
    await refused({ ...search, page: { token, limit: 6 } })
    await refused({ ...search, page: { token: "made up" } })
    await refused({ ...search, page: { limit: -1 } })
    await refused({ ...search, page: { limit: 1.5 } })
    assert.equal((await library(path, { ...search, page: { token, limit: 5 } })).status, 200)
    await world.ann.api.putApplication({ name: "library", policies: `${LIBRARY.policies}\n// once more` })
    await refused({ ...search, page: { token } })
  })

  it("§8.4, §8.5: the id of what is sought is not looked at, and nothing of another type is found", async () => {
    const path = "/access/v1/search/subject"
    const search = { ...BORROWS, subject: { type: "reader" } }
    assert.deepEqual(ids(await library(path, search)), ["ann", "bea"])
    assert.deepEqual(ids(await library(path, { ...search, subject: { type: "reader", id: "nobody" } })), [
      "ann",
      "bea",
    ])
    assert.deepEqual(ids(await library(path, { ...search, subject: { type: "robot" } })), [])
    assert.equal((await library(path, { ...search, subject: {} })).status, 400)
    const sought = await library("/access/v1/search/resource", {
      ...BORROWS,
      resource: { type: "book", id: "b001" },
    })
    assert.equal(ids(sought).length, 100)
  })

  it("§8.6: actions are sought without properties", async () => {
    const { subject, resource } = BORROWS
    assert.deepEqual(ids(await library("/access/v1/search/action", { subject, resource })), ["borrow"])
    const other = { name: "extend", properties: { weeks: 1 } }
    assert.deepEqual(
      ids(await library("/access/v1/search/action", { subject, resource, action: other })),
      ["borrow"],
      "one that is sent is not looked at",
    )
    const weeks = { name: "extend", properties: { weeks: 2 } }
    assert.equal(decisionOf(await library(EVALUATION, { ...BORROWS, action: weeks })), true)
    assert.equal((await library("/access/v1/search/action", { subject })).status, 400)
  })

  it("§9.2, §9.2.3: each decision point is described between host and path, under the name that it was asked by", async () => {
    const { publicUrl, organisation } = world.tabard.server
    const own = `/o/${organisation.organisation.slug}`
    for (const path of ["", "/pdp/library", own, `${own}/pdp/library`]) {
      const { status, body, headers } = await get(`/.well-known/authzen-configuration${path}`)
      assert.equal(status, 200, path)
      assert.match(String(headers.get("content-type")), /^application\/json/)
      assert.equal(body["policy_decision_point"], `${publicUrl}${path}`)
      assert.equal(body["access_evaluation_endpoint"], `${publicUrl}${path}${EVALUATION}`)
      assert.ok(Object.values(body).every((value) => value !== null && Object(value).length !== 0))
    }
    const described = await get(`/.well-known/authzen-configuration${own}/pdp/library`)
    const there = new URL(String(described.body["access_evaluation_endpoint"])).pathname
    assert.equal(decisionOf(await world.ask(there, BORROWS)), true)
  })

  it("§9.2: what is not there is not described", async () => {
    for (const path of ["/pdp/none", "/pdp/agents", "/o/another", "/o/another/pdp/library"])
      assert.equal((await get(`/.well-known/authzen-configuration${path}`)).status, 404, path)
  })

  it("§10.1: another content type, another method, and what is no object are refused", async () => {
    const sent = async (text: string, type = "application/json") =>
      (await library(EVALUATION, null, { text, headers: { "content-type": type } })).status
    assert.equal(await sent(JSON.stringify(BORROWS), "text/plain"), 400)
    assert.equal(await sent(JSON.stringify(BORROWS), "application/jsonp"), 400)
    assert.equal(await sent(JSON.stringify(BORROWS), "application/json; charset=utf-8"), 200)
    for (const text of ["", "[]", "null", '"x"', "{", `${JSON.stringify(BORROWS)} x`])
      assert.equal(await sent(text), 400)
    assert.equal((await library(EVALUATION, null, { method: "GET" })).status, 405)
  })

  it("§10.1.1: unknown members are passed over, and the order of members counts for nothing", async () => {
    const { subject, action, resource } = BORROWS
    const more = {
      zeta: { deep: [1] },
      resource: { ...resource, zeta: 1 },
      action,
      subject,
      context: { zeta: 1 },
    }
    assert.equal(decisionOf(await library(EVALUATION, more)), true)
  })

  it("§10.1.2: a refusal is no decision, and says in words what is wrong", async () => {
    const { status, body, headers } = await library(EVALUATION, { ...BORROWS, action: {} })
    assert.deepEqual([status, body["decision"], body["detail"]], [400, undefined, "action says no name"])
    assert.equal(headers.get("content-type"), "application/problem+json")
  })

  it("§10.1.3: the request's identifier comes back, whatever is answered", async () => {
    const headers = { "x-request-id": "bfe9eb29 ü".replace(" ü", "-x") }
    for (const answer of [
      await library(EVALUATION, BORROWS, { headers }),
      await library(EVALUATION, {}, { headers }),
      await library(EVALUATION, BORROWS, { headers, token: "" }),
      await world.ask(`/pdp/none${EVALUATION}`, BORROWS, { headers }),
    ])
      assert.equal(answer.headers.get("x-request-id"), headers["x-request-id"], String(answer.status))
    assert.equal((await library(EVALUATION, BORROWS)).headers.get("x-request-id"), null)
  })

  it("§11.3: whoever does not say who they are, or is nobody here, is told how by 401", async () => {
    const tokens = ["", "tbd_made0up", world.tokens.unregistered]
    for (const token of tokens) {
      const { status, headers } = await library(EVALUATION, BORROWS, { token })
      assert.equal(status, 401, token)
      assert.match(String(headers.get("www-authenticate")), /^Bearer realm=/)
    }
    const cookie = { cookie: world.ann.cookie() }
    assert.equal((await library(EVALUATION, BORROWS, { token: "", headers: cookie })).status, 401)
  })

  it("§11.5: numbers are taken exactly, a member that stands twice is refused, and null is absent", async () => {
    const asked = (weeks: string) =>
      library(EVALUATION, null, {
        text: JSON.stringify({ ...BORROWS, action: { name: "extend", properties: { weeks: 0 } } }).replace(
          '"weeks":0',
          `"weeks":${weeks}`,
        ),
      })
    assert.equal(decisionOf(await asked("2")), true)
    assert.equal(decisionOf(await asked("9223372036854775807")), false)
    assert.equal(contextOf(await asked("9223372036854775808"))["code"], "evidence_missing")
    assert.equal(contextOf(await asked("1.5"))["code"], "evidence_missing")
    assert.equal(contextOf(await asked("null"))["code"], "no_policy", "as if it were not there")
    assert.equal((await asked('2,"weeks":3')).status, 400)
  })

  it("§11.7: a body that is too large, or nested too deep, is refused", async () => {
    const large = { ...BORROWS, context: { note: "x".repeat(1024 * 1024) } }
    assert.equal((await library(EVALUATION, large)).status, 413)
    const deep = JSON.stringify(BORROWS).replace(
      '"b000"',
      `"b000","properties":${"[".repeat(100)}${"]".repeat(100)}`,
    )
    assert.equal((await library(EVALUATION, null, { text: deep })).status, 400)
  })
})

describe("the obligations profile", () => {
  const staff = {
    ...BORROWS,
    subject: { ...BORROWS.subject, properties: { role: "staff" } },
    resource: CLOSED,
  }
  const NOTIFY = {
    id: "staff/1",
    type: "notification",
    properties: { to: "desk", body: "a closed book goes out" },
  }

  it("§2, §3.1: a permit says what it demands, and a denial as well", async () => {
    const permitted = await library(EVALUATION, staff)
    assert.deepEqual([decisionOf(permitted), contextOf(permitted)["obligations"]], [true, [NOTIFY]])
    const damaged = { ...BORROWS, resource: { ...BORROWS.resource, properties: { damaged: true } } }
    const denied = await library(EVALUATION, damaged)
    const repair = [{ id: "damaged/1", type: "custom", properties: { action: "repair" } }]
    assert.deepEqual([decisionOf(denied), contextOf(denied)["obligations"]], [false, repair])
    assert.equal(contextOf(denied)["reason"], "damaged books stay")
  })

  it("§5: the metadata name each kind that could be demanded", async () => {
    const { body } = await get("/.well-known/authzen-configuration/pdp/library")
    assert.deepEqual(body["supported_obligations"], [
      "step-up",
      "notification",
      "session_termination",
      "custom",
    ])
  })

  it("§5: those of decisions about agents, which demand nothing, name none", async () => {
    const { body } = await get("/.well-known/authzen-configuration")
    assert.ok(!Object.hasOwn(body, "supported_obligations"), JSON.stringify(body))
  })

  it("§6: who says that they cannot do it is denied, and kinds that nobody named here count for nothing", async () => {
    const asked = (supported_obligations: readonly unknown[]) =>
      library(EVALUATION, { ...staff, context: { supported_obligations } })
    assert.equal(decisionOf(await asked(["notification", "step-up"])), true)
    for (const supported of [[], ["step-up"], ["watermark"], [1]]) {
      const denied = await asked(supported)
      assert.deepEqual([decisionOf(denied), contextOf(denied)["code"]], [false, "obligation_unsupported"])
      assert.equal(contextOf(denied)["obligations"], undefined)
    }
  })

  it("§3.3: a search says what each result demands, and leaves out those alone that cannot be honoured", async () => {
    const search = { ...staff, resource: { type: "book" }, page: { limit: 2 } }
    const path = "/access/v1/search/resource"
    const all = await library(path, search)
    assert.deepEqual(all.body["results"], [
      { type: "book", id: "b000" },
      { type: "book", id: "b001", obligations: [NOTIFY] },
    ])
    const context = { supported_obligations: ["custom"] }
    assert.deepEqual(ids(await library(path, { ...search, context })), ["b000", "b002"])
  })
})

describe("an enforcement point", () => {
  it("reaches the applications that it is registered for, and to it the others are not there", async () => {
    for (const path of ["/pdp/other", "/pdp/none", "", "/o/another", "/o/another/pdp/library"])
      assert.equal((await world.ask(`${path}${EVALUATION}`, BORROWS)).status, 404, path)
  })

  it("ends as its token is revoked or it is removed, at once", async () => {
    const token = await world.register({ name: "short", kind: "ci", applications: ["library"] })
    assert.equal(decisionOf(await library(EVALUATION, BORROWS, { token })), true)
    const { items } = await world.ann.api.listEnforcementPoints({})
    const { id } = items.find(({ name }) => name === "short") ?? assert.fail()
    await world.ann.api.removeEnforcementPoint({ id, reason: "no longer needed" })
    assert.equal((await library(EVALUATION, BORROWS, { token })).status, 401)
  })

  it("has what it asks recorded before it is answered, where that was settled", async () => {
    const token = await world.register({
      name: "audited",
      kind: "ci",
      applications: ["library"],
      recorded: true,
    })
    const answer = await library(EVALUATION, { ...BORROWS, resource: CLOSED }, { token })
    const { items } = await world.ann.api.listEvents({ type: "access.evaluated" })
    assert.equal(items.length, 1)
    const { data, door } = Object(items[0]?.body)
    assert.equal(door, "authzen")
    assert.deepEqual(
      { ...data, subject: undefined, version: undefined },
      {
        application: "library",
        evaluation: contextOf(answer)["evaluation_id"],
        subject: undefined,
        action: "borrow",
        resource: CLOSED,
        effect: "deny",
        code: "no_policy",
        policies: [],
        version: undefined,
      },
    )
  })
})

describe("the application about agents", () => {
  const call = (agent: string, tool = "read_note", args: object = {}) => ({
    subject: { type: "agent", id: agent },
    action: { name: "tools/call" },
    resource: { type: "tool", id: `notes/${tool}` },
    context: { arguments: args, task: world.agent.task.id },
  })
  const asPoint = (body: unknown, path = EVALUATION) => world.ask(path, body, { token: world.tokens.agents })

  it("answers a registered point what enforcing the call would answer: permit, ask or deny", async () => {
    const { id } = world.agent
    const read = await asPoint(call(id, "read_note", { topic: "1" }))
    assert.equal(decisionOf(read), true, JSON.stringify(read.body))
    const write = await asPoint(call(id, "write_note", { topic: "1", content: "x" }))
    assert.equal(decisionOf(write), false)
    assert.equal(contextOf(write)["code"], "approval_needed", JSON.stringify(write.body))
    const { display, expires_at: until } = Object(contextOf(write)["access_request"])
    assert.match(display.title, /owner must approve/)
    assert.ok(Date.parse(until) > 0)
    const unknown = await asPoint(call(id, "burn_notes"))
    assert.deepEqual([decisionOf(unknown), contextOf(unknown)["access_request"]], [false, undefined])
  })

  it("has no effect: nobody is asked, and nothing is recorded of it", async () => {
    const before = (await world.ann.api.listApprovals({})).items.length
    await asPoint(call(world.agent.id, "write_note", { topic: "2", content: "y" }))
    assert.equal((await world.ann.api.listApprovals({})).items.length, before)
  })

  it("does not answer a point about an agent that it is not registered for, whether there is one or not", async () => {
    const other = "agt_00000000-0000-7000-8000-000000000000"
    assert.equal((await asPoint(call(other))).status, 403)
    const batch = await asPoint(
      { evaluations: [call(world.agent.id, "read_note", { topic: "1" }), call(other)] },
      EVALUATIONS,
    )
    assert.deepEqual(decisions(batch), [true, false])
  })

  it("passes over what the body says of agent, tool and anything that the point may not state", async () => {
    const asked = call(world.agent.id, "write_note", { topic: "1", content: "x" })
    const forged = await asPoint({
      ...asked,
      subject: { ...asked.subject, properties: { tier: "operator", owner: "me" } },
      resource: { ...asked.resource, properties: { effects: ["read"] } },
      context: { ...asked.context, approved: ["owner"], left: { calls: 99 }, posture: ["key:hardware"] },
    })
    assert.deepEqual([decisionOf(forged), contextOf(forged)["code"]], [false, "approval_needed"])
  })

  it("answers an agent's own token about itself alone", async () => {
    const { id } = world.agent
    assert.equal(decisionOf(await world.askAsAgent(EVALUATION, call(id, "read_note", { topic: "1" }))), true)
    assert.equal(
      (await world.askAsAgent(EVALUATION, call("agt_00000000-0000-7000-8000-000000000000"))).status,
      403,
    )
    assert.equal((await world.askAsAgent(`/pdp/library${EVALUATION}`, BORROWS)).status, 404)
  })

  it("refuses what it cannot read of a call, rather than judge another one", async () => {
    const asked = call(world.agent.id, "read_note", { topic: "1" })
    for (const context of [
      { arguments: ["1"] },
      { arguments: '{"topic":"1"}' },
      { task: "the usual one" },
      { acting_for: world.agent.id },
      { acting_for: ["usr_1"] },
      { tool_digest: 1 },
      { ip: 1 },
      { resolved_paths: { "/a": 1 } },
    ]) {
      const refused = await asPoint({ ...asked, context: { ...asked.context, ...context } })
      assert.equal(refused.status, 400, JSON.stringify(context))
      assert.match(String(refused.body["detail"]), new RegExp(`context.${Object.keys(context)[0]}`))
    }
    const none = await asPoint({ ...asked, context: { ...asked.context, arguments: null } })
    assert.equal(contextOf(none)["code"], "arguments_refused")
  })

  it("denies under another definition than was reviewed, and with whom the agent may not act for", async () => {
    const { id } = world.agent
    const asked = async (context: object) => {
      const one = call(id, "read_note", { topic: "1" })
      return contextOf(await asPoint({ ...one, context: { ...one.context, ...context } }))["code"]
    }
    const [server] = (await world.ann.api.listServers({})).items
    const tool = server?.tools.find(({ name }) => name === "read_note") ?? assert.fail()
    assert.equal(await asked({ tool_digest: tool.digest, acting_for: [] }), "permitted")
    assert.equal(await asked({ tool_digest: "another" }), "tool_changed")
    const other = "agt_00000000-0000-7000-8000-000000000000"
    assert.equal(await asked({ acting_for: [other] }), "delegation_refused")
  })

  it("says of what is no tool call that nothing is known of it", async () => {
    for (const body of [
      { ...call(world.agent.id), action: { name: "resources/read" } },
      { ...call(world.agent.id), resource: { type: "file", id: "x" } },
      { ...call(world.agent.id), subject: { type: "user", id: "ann" } },
    ])
      assert.equal(contextOf(await asPoint(body))["code"], "question_unknown")
  })

  it("finds the tools that an agent may call, the agents that may call one, and what may be done with it", async () => {
    const { subject, action, resource, context } = call(world.agent.id, "read_note", { topic: "1" })
    const tools = await asPoint(
      { subject, action, resource: { type: "tool" }, context },
      "/access/v1/search/resource",
    )
    assert.ok(
      ids(tools).some((id) => id.endsWith("/read_note")),
      JSON.stringify(tools.body),
    )
    assert.ok(!ids(tools).some((id) => id.endsWith("/write_note")))
    const who = await asPoint(
      { subject: { type: "agent" }, action, resource, context },
      "/access/v1/search/subject",
    )
    assert.deepEqual(ids(who), [world.agent.id])
    assert.deepEqual(ids(await asPoint({ subject, resource, context }, "/access/v1/search/action")), [
      "tools/call",
    ])
  })

  it("is felt at once where the agent is stopped", async () => {
    await world.ann.api.suspendAgent({ id: world.agent.id, reason: "look" })
    const stopped = await asPoint(call(world.agent.id, "read_note", { topic: "1" }))
    assert.deepEqual([decisionOf(stopped), contextOf(stopped)["code"]], [false, "agent_not_active"])
  })
})

function get(path: string): Promise<AccessAnswer> {
  return world.ask(path, null, { method: "GET", token: "" })
}
