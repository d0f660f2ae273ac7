import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { SINK_SECRETS } from "./sink-secrets.ts"

describe("headers for an OpenTelemetry receiver", () => {
  it("may authorize, and name a tenant", () => {
    const headers = { Authorization: "Bearer x", "X-Scope-OrgID": "acme" }
    assert.deepEqual(SINK_SECRETS.otlp.parse({ headers }), { headers })
  })

  for (const name of [
    "Host",
    "content-length",
    "Transfer-Encoding",
    "connection",
    "Content-Type",
    "x y",
    "x\r\ny",
  ])
    it(`may not be ${JSON.stringify(name)}`, () =>
      assert.equal(SINK_SECRETS.otlp.safeParse({ headers: { [name]: "x" } }).success, false))

  it("have one line each", () =>
    assert.equal(SINK_SECRETS.otlp.safeParse({ headers: { a: "x\r\nHost: y" } }).success, false))
})
