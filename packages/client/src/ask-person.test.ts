import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { askPerson } from "./ask-person.ts"
import type { Credentials } from "./credentials.ts"
import { createKey } from "./key.ts"

const NOW = new Date("2026-01-01T00:00:00Z")

describe("asking a person for a token", () => {
  it("asks for what it is told to, waits as long as the issuer says, and answers the token", async () => {
    const issuer = fakeIssuer(["authorization_pending", "slow_down", "authorization_pending"])
    const [waited, told]: [number[], Date[]] = [[], []]
    const token = await askPerson(await credentials(), {
      person: "ada@acme.example",
      message: "W4SC 12",
      scope: "read",
      task: "tsk_1",
      calls: 3,
      fetch: issuer.fetch,
      now: () => NOW,
      asked: (until) => told.push(until),
      pause: async (ms) => waited.push(ms),
    })
    assert.equal(token.accessToken, "the token")
    assert.deepEqual(told, [new Date("2026-01-01T00:10:00Z")])
    assert.deepEqual(waited, [7000, 7000, 12_000, 12_000], "five seconds more once it was asked too soon")
    const [question, ...polls] = issuer.asked
    assert.equal(question?.path, "/oauth/bc-authorize")
    const { client_assertion: assertion, client_assertion_type: type, ...asked } = question.form
    assert.ok(assertion && type)
    assert.deepEqual(asked, {
      client_id: "ins_1",
      scope: "openid read",
      resource: "https://tabard.example/mcp",
      login_hint: "ada@acme.example",
      binding_message: "W4SC 12",
      authorization_details: '[{"type":"tabard_task","task":"tsk_1"},{"type":"tabard_bounds","calls":3}]',
    })
    assert.deepEqual(
      polls.map(({ path, form }) => [path, form["grant_type"], form["auth_req_id"]]),
      Array.from({ length: 4 }, () => ["/oauth/token", "urn:openid:params:grant-type:ciba", "the question"]),
    )
    const assertions = issuer.asked.map(({ form }) => form["client_assertion"])
    assert.equal(new Set(assertions).size, 5, "each request proves anew who makes it")
  })

  for (const code of ["access_denied", "expired_token", "invalid_grant"]) {
    it(`ends with ${code}`, async () => {
      const { fetch } = fakeIssuer([code, "authorization_pending"])
      const options = { person: "usr_1", fetch, pause: async () => undefined }
      await assert.rejects(askPerson(await credentials(), options), { code })
    })
  }

  it("stops to wait when it is told to", async () => {
    const stop = new AbortController()
    const { fetch } = fakeIssuer([])
    const options = { person: "usr_1", fetch, signal: stop.signal, asked: () => stop.abort() }
    await assert.rejects(askPerson(await credentials(), options), { name: "AbortError" })
  })
})

interface Asked {
  readonly path: string
  readonly form: Readonly<Record<string, string>>
}

/** An issuer whose person answers yes after it has said all of these. */
function fakeIssuer(says: readonly string[]): { asked: Asked[]; fetch: typeof fetch } {
  const asked: Asked[] = []
  const left = [...says]
  return {
    asked,
    fetch: async (url, init) => {
      assert.ok(typeof url === "string")
      const path = new URL(url).pathname
      asked.push({ path, form: Object.fromEntries(init?.body instanceof URLSearchParams ? init.body : []) })
      if (path.endsWith("/bc-authorize"))
        return Response.json({ auth_req_id: "the question", expires_in: 600, interval: 7 })
      const error = left.shift()
      if (error !== undefined) return Response.json({ error }, { status: 400 })
      return Response.json({ access_token: "the token", token_type: "DPoP", expires_in: 300 })
    },
  }
}

async function credentials(): Promise<Credentials> {
  return {
    instance: "ins_1",
    agent: "agt_1",
    issuer: "https://tabard.example/oauth",
    tokenEndpoint: "https://tabard.example/oauth/token",
    resource: "https://tabard.example/mcp",
    key: await createKey(),
  }
}
