import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type Server } from "node:http"
import { after, before, describe, it } from "node:test"
import { createAdaptorServer } from "@hono/node-server"
import { compileApplication, type RegisteredPoint } from "@tabard/control"
import { type AccessDoorDeps, accessDoor } from "./access-door.ts"
import { accessLane } from "./access-lane.ts"
import { AccessRefused } from "./access-refused.ts"
import { applicationPoint } from "./application-point.ts"

const TOKEN = "tbd_known"
const COMPILED = compileApplication({
  name: "books",
  schema:
    'namespace Books { entity User { @from("caller") role?: String }; entity Book; action see, burn appliesTo { principal: User, resource: Book }; }',
  policies: `permit (principal, action == Books::Action::"see", resource);
    permit (principal, action, resource) when { principal has role && principal.role == "keeper" };`,
  entities: [],
})
const POINT: RegisteredPoint = {
  id: "pep_1",
  name: "desk",
  kind: "ci",
  subjects: [],
  asserts: [],
  apiToken: "atk_1",
  applications: ["books"],
  recorded: false,
  registeredBy: "usr_1",
  registeredAt: new Date(0),
}
const faults: unknown[] = []
let storeGone = false
const DEPS: AccessDoorDeps = {
  publicUrl: "https://tabard.example",
  slug: "default",
  points: { find: async (token) => (token === TOKEN ? POINT : undefined) },
  agentOf: () => Promise.reject(new AccessRefused(401, "invalid_token", "this is no agent's token")),
  exists: async () => true,
  pointFor: async (name) => {
    if (storeGone) throw new Error("the store is gone")
    const asked = { recorded: false, disputed: async () => undefined }
    const found = { version: 1, recorded: false, compiled: COMPILED }
    return name === "books" ? applicationPoint(name, found, asked) : undefined
  },
  keepFor: () => async () => undefined,
  onFault: (fault) => faults.push(fault),
}

const Q = {
  subject: { type: "User", id: "ann" },
  action: { name: "see" },
  resource: { type: "Book", id: "b1" },
}
const ONE = "/pdp/books/access/v1/evaluation"
const MANY = "/pdp/books/access/v1/evaluations"

/** Requests as they are sent, odd and even. */
const REQUESTS: readonly (readonly [path: string, body: string | Buffer])[] = [
  [ONE, JSON.stringify(Q)],
  [`/o/default${ONE}`, JSON.stringify(Q)],
  [`/o/other${ONE}`, JSON.stringify(Q)],
  ["/pdp/none/access/v1/evaluation", JSON.stringify(Q)],
  ["/pdp/bo%6fks/access/v1/evaluation", JSON.stringify(Q)],
  ["/pdp/BOOKS/access/v1/evaluation", JSON.stringify(Q)],
  [`${ONE}/`, JSON.stringify(Q)],
  [`/${ONE}`, JSON.stringify(Q)],
  ["/pdp/books/../books/access/v1/evaluation", JSON.stringify(Q)],
  ["/access/v1/evaluation", JSON.stringify(Q)],
  [ONE, JSON.stringify({ ...Q, action: { name: "burn" } })],
  [
    ONE,
    JSON.stringify({
      ...Q,
      action: { name: "burn" },
      subject: { ...Q.subject, properties: { role: "keeper" } },
    }),
  ],
  [ONE, JSON.stringify(Q).replace('"ann"', '"ann","id":"bea"')],
  [ONE, JSON.stringify({ ...Q, "": 1, __proto__: 2 })],
  [ONE, JSON.stringify(Q).replace('"subject"', '"__proto__":{"action":{"name":"see"}},"subject"')],
  [ONE, `\ufeff${JSON.stringify(Q)}`],
  [ONE, ` \n\t${JSON.stringify(Q)}\r\n`],
  [ONE, `${JSON.stringify(Q)}x`],
  [ONE, JSON.stringify(Q).replace("ann", "\\ud800")],
  [ONE, Buffer.from(JSON.stringify(Q).replace("ann", "\u00ff"), "latin1")],
  [ONE, ""],
  [ONE, "null"],
  [ONE, "[]"],
  [ONE, "{}"],
  [ONE, JSON.stringify({ ...Q, context: { note: "x".repeat(1024 * 1024) } })],
  [ONE, `{"a":${"[".repeat(2000)}${"]".repeat(2000)}}`],
  [
    MANY,
    JSON.stringify({ ...Q, evaluations: [{}, { action: { name: "burn" } }, { action: null }, null, 1] }),
  ],
  [MANY, JSON.stringify({ ...Q, evaluations: [] })],
  [MANY, JSON.stringify({ ...Q, evaluations: {} })],
  [MANY, JSON.stringify({ ...Q, options: { evaluations_semantic: "x" }, evaluations: [{}] })],
]

const servers: Server[] = []
let door: string
let lane: string
let taken = 0

before(async () => {
  const made = accessDoor(DEPS)
  door = await listening(createAdaptorServer({ fetch: made.fetch }) as Server)
  const take = accessLane({ ...DEPS, points: { fresh: (token) => (token === TOKEN ? POINT : undefined) } })
  const behind = createAdaptorServer({ fetch: made.fetch }) as Server
  lane = await listening(
    createServer((request, response) => {
      if (take(request, response, [])) taken++
      else behind.emit("request", request, response)
    }),
  )
})
after(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
    await once(server, "close")
  }
})

describe("the lane of evaluations", () => {
  it("answers each request as the door does, however odd it is", async () => {
    for (const [path, body] of REQUESTS) {
      const what = `${path} ${String(body).slice(0, 80)}`
      assert.deepEqual(await asked(lane, path, body), await asked(door, path, body), what)
    }
    assert.deepEqual(faults, [])
    assert.ok(taken > REQUESTS.length / 2, `${taken} were taken`)
  })

  it("leaves to the door whatever is no question of a known point, as it is sent", async () => {
    const before = taken
    const sent = JSON.stringify(Q)
    for (const headers of [
      { authorization: "Bearer tbd_other" },
      { authorization: `Basic ${TOKEN}` },
      { authorization: `Bearer ${TOKEN} ${TOKEN}` },
      { authorization: `DPoP ${TOKEN}` },
      { authorization: "" },
      { "content-type": "text/plain" },
      { "content-type": "application/json-seq" },
      { "content-encoding": "gzip" },
    ]) {
      const told = await asked(lane, ONE, sent, headers)
      assert.deepEqual(told, await asked(door, ONE, sent, headers), JSON.stringify(headers))
      assert.notEqual(told.status, 200)
    }
    assert.equal(taken, before)
  })

  it("permits nothing where the store is gone, and neither does the door", async () => {
    storeGone = true
    for (const at of [lane, door])
      for (const path of [ONE, MANY]) {
        const { status, text } = await asked(at, path, JSON.stringify({ ...Q, evaluations: [{}] }))
        assert.deepEqual([status >= 500, Object(JSON.parse(text)).decision], [true, undefined])
        assert.ok(!text.includes("the store is gone"), "what is wrong inside is told inside")
      }
    assert.equal(faults.splice(0).length, 4)
  })
})

async function listening(server: Server): Promise<string> {
  servers.push(server)
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : assert.fail()
}

/** What is answered, but for the id that each answer has of its own. */
async function asked(
  at: string,
  path: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly headers: object; readonly text: string }> {
  const response = await fetch(`${at}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
      "x-request-id": "r1",
      ...headers,
    },
    body,
  })
  const told = ["content-type", "cache-control", "x-request-id", "www-authenticate"]
  const text = (await response.text()).replaceAll(/"evaluation_id":"[\w-]+"/g, '"evaluation_id":""')
  return {
    status: response.status,
    headers: Object.fromEntries(told.map((name) => [name, response.headers.get(name)])),
    text,
  }
}
