import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { isShownOnce, OPERATIONS, type Operation, openApiDocument } from "@tabard/api"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const AGENT = { name: "Invoices", category: "production", purpose: "Pays invoices" }
const TABLE = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS })

let tabard: RunningTabard
let ann: Person
let eve: Person

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
  eve = await addPerson(tabard.server, "security")
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("a write under an Idempotency-Key", () => {
  it("is done once: who sends it again gets the same answer, and is told that it is an old one", async () => {
    const first = await enter("once")
    assert.deepEqual([first.status, first.headers["idempotency-replayed"]], [200, undefined], first.text)
    const reordered = { purpose: AGENT.purpose, category: AGENT.category, name: AGENT.name }
    const again = await enter("once", reordered)
    assert.deepEqual([again.status, again.headers["idempotency-replayed"]], [200, "true"])
    assert.match(String(again.headers["content-type"]), /^application\/json/)
    assert.equal(again.text, first.text)
    assert.equal(await entered(), 1)
  })

  it("is done once where it is sent many times at once", async () => {
    const before = await entered()
    const answers = await Promise.all(Array.from({ length: 10 }, () => enter("at-once")))
    assert.equal((await entered()) - before, 1)
    for (const answer of answers)
      assert.ok(answer.status === 200 || codeOf(answer) === "idempotency_in_flight", answer.text)
  })

  it("is refused where the key stands for another request, and is one's own", async () => {
    await enter("reused")
    const other = await enter("reused", { ...AGENT, name: "Other" })
    assert.deepEqual([other.status, codeOf(other)], [422, "idempotency_key_reused"])
    const before = await entered()
    assert.equal((await enter("reused", AGENT, eve)).headers["idempotency-replayed"], undefined)
    assert.equal((await entered()) - before, 1)
  })

  it("may be mended and sent again where it was refused", async () => {
    const refused = await send("/agents/agt_none/suspension", "mended", { reason: "x" })
    assert.deepEqual([refused.status, codeOf(refused)], [404, "agent_not_found"])
    const again = await send("/agents/agt_none/suspension", "mended", { reason: "y" })
    assert.deepEqual(
      [again.status, codeOf(again)],
      [404, "agent_not_found"],
      "and not idempotency_key_reused",
    )
  })

  it("is refused where the key is none, and where nobody is signed in", async () => {
    for (const key of ["", " ", "a b", "x".repeat(201)]) {
      const answer = await enter(key)
      assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"], key)
    }
    const answer = await send("/sign-in/check", "public", { code: "x" })
    assert.deepEqual([answer.status, codeOf(answer)], [422, "body_invalid"])
  })

  it("keeps no answer that is shown once: it is not made again, and not shown again", async () => {
    const wish = { purpose: "Export", scopes: ["read"] }
    const first = await send("/api-tokens", "token", wish)
    assert.equal(first.status, 200)
    const { token }: { token: string } = JSON.parse(first.text)
    const again = await send("/api-tokens", "token", wish)
    assert.equal(again.status, 409, again.text)
    assert.ok(!again.text.includes(token))
    const kept = await tabard.server.organisation.shelf.snapshot(({ idempotency }) =>
      idempotency.find({ principal: ann.user.id, key: "token" }),
    )
    assert.deepEqual(kept?.state, { kind: "acted" })
  })
})

describe("an answer that is shown once", () => {
  it("is known by what it holds: a code, a link, a key, a secret or a token", () => {
    const { paths, components } = openApiDocument({ cookie: "tabard" })
    // What only reads answers the same each time: its code is a reason's.
    const described = Object.values(paths).flatMap((methods) =>
      Object.entries(methods).flatMap(([method, one]) => (method === "get" ? [] : [one])),
    )
    const once = described.flatMap(({ operationId, responses }) => {
      const text = JSON.stringify(responses["200"])
      const name = /schemas\/(\w+)/.exec(text)?.[1] ?? assert.fail(text)
      const members = Object.entries(Object(components.schemas[name]?.["properties"]))
      const isSecret = members.some(
        ([member, schema]) =>
          /^(code|link|secret|token|fingerprintKey)$/.test(member) && isText(Object(schema)),
      )
      return isSecret ? [operationId] : []
    })
    const enrolment = ["enrol"]
    const listed = TABLE.map(([name]) => name).filter((name) => isShownOnce(name))
    assert.deepEqual([...once, ...enrolment].toSorted(), listed.toSorted())
  })
})

/** Whether a member of an answer is a text, or none: what only tells of a token has members of its own. */
function isText({ type }: { readonly type?: unknown }): boolean {
  return [type].flat().includes("string")
}

function enter(key: string, agent: object = AGENT, by: Person = ann): Promise<RawAnswer> {
  return send("/agents", key, agent, by)
}

function send(path: string, key: string, body: object, by: Person = ann): Promise<RawAnswer> {
  const headers = {
    cookie: by.cookie,
    "content-type": "application/json",
    "x-tabard": "1",
    "idempotency-key": key,
  }
  const request = { method: "POST", path: `/api/v1${path}`, headers, body: JSON.stringify(body) }
  return rawRequest(tabard.server.publicUrl, request)
}

async function entered(): Promise<number> {
  const query = { type: "agent.entered", limit: 1000 }
  return (await tabard.server.organisation.shelf.snapshot(({ outbox }) => outbox.list(query))).length
}

function codeOf({ text }: RawAnswer): string {
  return String(Reflect.get(Object(JSON.parse(text)), "code"))
}
