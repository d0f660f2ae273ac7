import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { after, before, describe, it } from "node:test"
import { boundFetch } from "@tabard/client"
import { openTemporarySqlite } from "@tabard/store/testing"
import { type AccessAnswer, type AccessWorld, makeAccessWorld } from "../world/access-world.ts"
import { connectAgent } from "../world/agent.ts"
import { NOTES_MANIFEST } from "../world/governed-agent.ts"
import { until } from "../world/until.ts"

const EVALUATION = "/access/v1/evaluation"
const EVALUATIONS = "/access/v1/evaluations"
/** A question with an address that only the door takes: the lane of evaluations leaves it alone. */
const BY_THE_DOOR = "?"
const SECRET = `ghp_${randomBytes(18).toString("hex")}`

let opened: Awaited<ReturnType<typeof openTemporarySqlite>>
let world: AccessWorld

before(async () => {
  opened = await openTemporarySqlite()
  world = await makeAccessWorld({ openStore: opened.store })
})
// What gives leases back finds no database any more.
after(async () => {
  await Promise.resolve(world[Symbol.asyncDispose]()).catch(() => undefined)
})

const question = (subject: string, context: object = {}) => ({
  subject: { type: "agent", id: subject },
  action: { name: "tools/call" },
  resource: { type: "tool", id: "notes/read_note" },
  context: { arguments: { topic: "1" }, task: world.agent.task.id, ...context },
})
const asPoint = (body: unknown, path = EVALUATION): Promise<AccessAnswer> =>
  world.ask(path, body, { token: world.tokens.agents })
const permitted = ({ body }: AccessAnswer): boolean => JSON.stringify(body).includes('"decision":true')

describe("a union of stale grants, over AuthZEN", () => {
  it("does not happen: what a manifest permitted before is gone with the next answer, for every door", async () => {
    const { id } = world.agent
    assert.ok(permitted(await asPoint(question(id))))
    await world.ann.api.putManifest({ id, manifest: NOTES_MANIFEST.replace(/.*read_note.*\n/, "") })
    for (const path of [EVALUATION, `${EVALUATION}${BY_THE_DOOR}`, EVALUATIONS])
      assert.equal(permitted(await asPoint(question(id), path)), false, path)
    assert.equal(permitted(await world.askAsAgent(EVALUATION, question(id))), false)
    await world.ann.api.putManifest({ id, manifest: NOTES_MANIFEST })
    assert.ok(permitted(await asPoint(question(id))))
  })
})

describe("identity laundering, over AuthZEN", () => {
  it("does not happen: a subject in another spelling is nobody, or not the point's to ask about", async () => {
    const { id } = world.agent
    for (const spelt of [
      id.toUpperCase(),
      ` ${id}`,
      `${id} `,
      `${id}\u0000`,
      `${id}\n`,
      id.replace("agt_", "agt%5f"),
      id.replace("a", "\u0430"),
      id.normalize("NFKD").replace("-", "\u2010"),
      id.replaceAll("-", ""),
      `urn:uuid:${id.slice(4)}`,
      id.slice(4),
      "",
      "*",
    ]) {
      const answers = [
        await asPoint(question(spelt)),
        await asPoint({ ...question(id), subject: { type: "user", id: spelt } }),
        await asPoint({ evaluations: [question(spelt)] }, EVALUATIONS),
      ]
      for (const answer of answers) assert.equal(permitted(answer), false, JSON.stringify(spelt))
    }
  })

  it("does not happen: what a request says of its subject beside its id changes nothing", async () => {
    const { id } = world.agent
    const other = "agt_00000000-0000-7000-8000-000000000000"
    const { subject, ...rest } = question(other)
    for (const more of [{ properties: { id, agent: id } }, { act: { sub: id } }, { ID: id }])
      assert.equal((await asPoint({ ...rest, subject: { ...subject, ...more } })).status, 403)
    const headers = { "x-agent-id": id, "x-forwarded-user": id, cookie: world.ann.cookie() }
    const asked = await world.ask(EVALUATION, question(id), { token: world.tokens.library, headers })
    assert.equal(asked.status, 404, "the library's point is not let in to agents by what it says")
  })
})

describe("secrets, over AuthZEN, in explanations and in what-if", () => {
  it("are in no event of an evaluation, whoever wrote them where", async () => {
    const token = await world.register({
      name: "audited",
      kind: "ci",
      applications: ["library"],
      recorded: true,
    })
    for (const [subject, action, resource] of [
      [SECRET, "borrow", "b000"],
      ["ann", SECRET, "b000"],
      ["ann", "borrow", SECRET],
    ])
      await world.ask(
        `/pdp/library${EVALUATION}`,
        {
          subject: { type: "reader", id: subject, properties: { role: SECRET } },
          action: { name: action, properties: { note: SECRET } },
          resource: { type: "book", id: resource },
          context: { desk: SECRET },
        },
        { token },
      )
    const { items } = await world.ann.api.listEvents({ type: "access.evaluated" })
    assert.equal(items.length, 3)
    for (const { id } of items)
      assert.ok(!JSON.stringify(await world.ann.api.getEvent({ id })).includes(SECRET), id)
    assert.ok(!JSON.stringify(items).includes(SECRET))
  })

  it("are in no explanation of a call, and in no answer to what would have been", async () => {
    const { agent, ann, tabard } = world
    const bound = boundFetch(agent.credentials, { task: agent.task.id })
    await using hands = await connectAgent(tabard.server.publicUrl, bound)
    const answer = await hands.call("read_note", { topic: SECRET })
    assert.notEqual(answer.isError, true)
    const [latest] = (await ann.api.listDecisions({ agent: agent.id })).items
    const id = latest?.id ?? assert.fail("nothing was decided")
    const explained = await ann.api.getDecision({ id })
    const supposed = await ann.api.askWhatIf({ decision: id, arguments: JSON.stringify({ topic: SECRET }) })
    const { items } = await ann.api.listDecisions({ agent: agent.id })
    for (const told of [explained, supposed, items])
      assert.ok(!JSON.stringify(told).includes(SECRET), JSON.stringify(told))
  })
})

describe("fail-open where the store is gone, over AuthZEN", () => {
  it("does not happen: past what was known a moment ago nobody is permitted anything, at any door", async () => {
    const borrows = {
      subject: { type: "reader", id: "ann" },
      action: { name: "borrow" },
      resource: { type: "book", id: "b000" },
    }
    const each = [EVALUATION, EVALUATIONS].flatMap((path) =>
      ["", BY_THE_DOOR].flatMap((way) => [
        () => asPoint(question(world.agent.id), `${path}${way}`),
        () => world.ask(`/pdp/library${path}${way}`, borrows),
      ]),
    )
    for (const ask of each) assert.ok(permitted(await ask()))
    await opened[Symbol.asyncDispose]()
    await until(async () => {
      const answers = await Promise.all(each.map((ask) => ask()))
      return !answers.some(permitted)
    })
    for (let again = 0; again < 3; again++)
      for (const ask of each) {
        const answer = await ask()
        assert.deepEqual([answer.status >= 500, answer.body["decision"]], [true, undefined])
      }
  })
})
