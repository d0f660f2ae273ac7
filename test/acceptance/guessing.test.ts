import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import { OPERATIONS, type Operation } from "@tabard/api"
import { makeApiToken } from "@tabard/control"
import { newHandle, systemClock } from "@tabard/core"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"
import { inputSchema, sampleInput } from "../world/sample-input.ts"

/** More than an address may fail at once. */
const MANY = 100

const PUBLIC_WRITES = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([, { method, access }]) => method !== "GET" && access === "public",
)

let tabard: RunningTabard
let ann: Person
let client = 0

before(async () => {
  tabard = await runTabard({ proxies: ["127.0.0.1"] })
  ann = await addPerson(tabard.server, "administrator")
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("guessing", () => {
  for (const [name] of PUBLIC_WRITES) {
    it(`at ${name} is bounded for an address, with when to come back, and leaves every other alone`, async () => {
      const from = newAddress()
      const answers = await guesses(MANY, () => guess(name, from))
      assert.ok(
        answers.some(({ status }) => status === 403),
        answers[0]?.text,
      )
      assertBounded(answers)
      assert.equal((await guess(name, newAddress())).status, 403)
    })
  }

  it("the way back from a provider is bounded too", async () => {
    await using provided = await runTabard({
      proxies: ["127.0.0.1"],
      env: {
        TABARD_OIDC_ISSUER: "http://127.0.0.1:9",
        TABARD_OIDC_CLIENT_ID: "tabard",
        TABARD_OIDC_CLIENT_SECRET: "x",
      },
    })
    const headers = { "x-forwarded-for": newAddress() }
    const ask = (): Promise<RawAnswer> =>
      rawRequest(provided.server.publicUrl, {
        path: `/sign-in/provider/callback?state=${newHandle()}&code=${newHandle()}`,
        headers,
      })
    assertBounded(await guesses(MANY, ask))
  })

  it("cookies and API tokens is bounded, and a right one from the same address still passes", async () => {
    const { organisation } = tabard.server
    const deps = { organisation: organisation.organisation, clock: systemClock, ...organisation.shelf }
    const wish = { purpose: "x", role: "auditor", scopes: ["read"], days: 1 } as const
    const { token } = await makeApiToken(deps, ann.user, wish)
    const [cookieName = ""] = ann.cookie.split("=")
    for (const [wrong, right] of [
      [() => ({ cookie: `${cookieName}=${newHandle()}${newHandle()}` }), { cookie: ann.cookie }],
      [() => ({ authorization: `Bearer tbd_${newHandle()}` }), { authorization: `Bearer ${token}` }],
    ] as const) {
      const from = { "x-forwarded-for": newAddress() }
      for (const path of ["/api/v1/agents", "/api/v1/changes"])
        assertBounded(await guesses(4 * MANY, () => send({ path, headers: { ...wrong(), ...from } })), 401)
      const passed = await send({ path: "/api/v1/agents", headers: { ...right, ...from } })
      assert.equal(passed.status, 200, "whoever is somebody is not shut out by who guesses beside them")
    }
  })

  it("API tokens is bounded at each address of a decision point, the organisation's own too", async () => {
    const { slug } = tabard.server.organisation.organisation
    for (const own of ["", `/o/${slug}`])
      for (const path of ["/access/v1/evaluation", "/pdp/agents/access/v1/evaluations"]) {
        const from = newAddress()
        const ask = (): Promise<RawAnswer> =>
          send({
            method: "POST",
            path: `${own}${path}`,
            headers: {
              authorization: `Bearer tbd_${newHandle()}`,
              "content-type": "application/json",
              "x-forwarded-for": from,
            },
            body: "{}",
          })
        assertBounded(await guesses(4 * MANY, ask), 401)
      }
  })

  it("is not what a token does that was made for something else, however often it asks", async () => {
    const { organisation } = tabard.server
    const deps = { organisation: organisation.organisation, clock: systemClock, ...organisation.shelf }
    const wish = { purpose: "x", role: "auditor", scopes: ["read"], days: 1 } as const
    const { token } = await makeApiToken(deps, ann.user, wish)
    const from = newAddress()
    const headers = { "content-type": "application/json", "x-forwarded-for": from }
    const ask = (): Promise<RawAnswer> =>
      send({
        method: "POST",
        path: "/api/v1/device-sign-ins/check",
        headers: { ...headers, authorization: `Bearer ${token}` },
        body: JSON.stringify({ userCode: "BCDF-GHJK" }),
      })
    for (const { status, text } of await guesses(MANY, ask)) assert.equal(status, 403, text)
    assert.equal((await guess("signIn", from)).status, 403)
  })

  it("from everywhere at once shuts nobody out: whoever did not fail signs in", async () => {
    const all = await Promise.all(
      Array.from({ length: 60 }, () => {
        const from = newAddress()
        return guesses(30, () => guess("signIn", from))
      }),
    )
    assert.ok(
      all.flat().some(({ status }) => status === 429),
      "the flood is slowed down",
    )
    const code = new URL(await tabard.server.signInLink()).hash.slice(1)
    const headers = { "content-type": "application/json", "x-forwarded-for": newAddress() }
    const body = JSON.stringify({ code })
    const answer = await send({ method: "POST", path: "/api/v1/sign-in", headers, body })
    assert.equal(answer.status, 200, answer.text)
  })

  it("takes no address from a header in front of which no proxy stands", async () => {
    await using open = await runTabard()
    const ask = (): Promise<RawAnswer> =>
      rawRequest(open.server.publicUrl, {
        method: "POST",
        path: "/api/v1/sign-in/check",
        headers: { "content-type": "application/json", "x-forwarded-for": newAddress() },
        body: JSON.stringify({ code: newHandle() }),
      })
    assertBounded(await guesses(MANY, ask))
  })

  it("is hopeless besides: what is guessed has 128 random bits at least", async () => {
    const link = new URL(await tabard.server.signInLink()).hash.slice(1)
    for (const secret of [link, newHandle()]) assert.ok(Buffer.from(secret, "base64url").length >= 16)
    assert.ok(Buffer.from(ann.cookie.split("=")[1] ?? "", "base64url").length >= 32)
  })
})

function guess(name: string, from: string): Promise<RawAnswer> {
  const [, operation] = PUBLIC_WRITES.find(([one]) => one === name) ?? assert.fail(name)
  const schema = inputSchema(name, operation)
  // A key is guessed by a proof of it, everything else by its code.
  const secret = schema.required?.includes("proof") ? "proof" : "code"
  const input = { ...sampleInput(schema, "x"), [secret]: newHandle() }
  return send({
    method: operation.method,
    path: `/api/v1${operation.path}`,
    headers: { "content-type": "application/json", "x-forwarded-for": from },
    body: JSON.stringify(input),
  })
}

async function guesses(count: number, one: () => Promise<RawAnswer>): Promise<readonly RawAnswer[]> {
  const answers: RawAnswer[] = []
  for (let round = 0; round < count; round += 10)
    answers.push(...(await Promise.all(Array.from({ length: 10 }, one))))
  return answers
}

function assertBounded(answers: readonly RawAnswer[], wrong?: number): void {
  const refused = answers.filter(({ status }) => status === 429)
  assert.ok(refused.length >= 10, `only ${refused.length} of ${answers.length} were refused`)
  for (const { headers, text } of refused) {
    assert.match(String(headers["retry-after"]), /^[1-9]\d*$/)
    assert.equal(Reflect.get(Object(JSON.parse(text)), "code"), "too_many_requests")
  }
  if (wrong !== undefined) for (const { status } of answers) assert.ok([429, wrong].includes(status))
}

/** An address that nobody had before. */
function newAddress(): string {
  client++
  return `203.0.${client >> 8}.${client & 255}`
}

function send(request: Parameters<typeof rawRequest>[1]): Promise<RawAnswer> {
  return rawRequest(tabard.server.publicUrl, request)
}
