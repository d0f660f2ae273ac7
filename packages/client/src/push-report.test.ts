import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { createServer } from "node:http"
import { describe, it } from "node:test"
import { decodeJwt } from "jose"
import { createKey } from "./key.ts"
import { type PushAnswer, pushReport } from "./push-report.ts"
import { enrolReporter, readReporter, writeReporter } from "./reporter.ts"

describe("pushing a report", () => {
  it("signs the body, the address and a fresh id", async () => {
    await using server = await answering(200, { discovered: 1, scrubbed: 0 })
    const bodies = ['{"a":1}', '{"a":2}']
    for (const body of bodies) assert.equal((await push(server, body)).kind, "taken")
    const claims = server.seen.map(({ authorization }) =>
      decodeJwt(authorization.replace("Tabard-Report ", "")),
    )
    assert.deepEqual(
      claims.map(({ htm, htu, digest }) => [htm, htu, digest]),
      bodies.map((body) => ["POST", server.reports, createHash("sha256").update(body).digest("base64url")]),
    )
    assert.equal(new Set(claims.map(({ jti }) => jti)).size, 2)
  })

  it("may be tried again where the server is busy, broken, gone, or somebody else's", async () => {
    await using busy = await answering(
      429,
      { code: "too_many_requests", detail: "slowly" },
      { "retry-after": "7" },
    )
    assert.deepEqual(await push(busy), { kind: "later", why: "slowly", afterSeconds: 7 })
    await using broken = await answering(500, { code: "internal_error", detail: "oh" })
    assert.deepEqual(await push(broken), { kind: "later", why: "oh", afterSeconds: null })
    await using other = await answering(200, "hello")
    assert.equal((await push(other)).kind, "later")
    assert.equal((await push({ reports: "http://127.0.0.1:9/api/v1/reports" })).kind, "later")
  })

  it("is over where the server will not have it", async () => {
    await using server = await answering(401, { code: "reporter_unknown", detail: "who?" })
    assert.deepEqual(await push(server), { kind: "refused", code: "reporter_unknown", why: "who?" })
  })

  it("follows no redirection: what was seen goes to the enrolled server alone", async () => {
    await using elsewhere = await answering(200, { discovered: 1, scrubbed: 0 })
    await using server = await answering(307, {}, { location: elsewhere.reports })
    assert.equal((await push(server)).kind, "later")
    assert.deepEqual(elsewhere.seen, [])
  })
})

describe("the credentials of a reporter", () => {
  it("are read as they were written, and refused where a part is missing or plain http leaves the machine", async () => {
    const whole = {
      reporter: "rep_1",
      name: "build-7",
      reports: "https://tabard.example/api/v1/reports",
      fingerprintKey: "k".repeat(44),
      key: await createKey(),
    }
    assert.deepEqual(readReporter(writeReporter(whole)), whole)
    for (const broken of [
      { ...whole, reports: "http://tabard.example/api/v1/reports" },
      { ...whole, fingerprintKey: "short" },
      { ...whole, key: undefined },
      { ...whole, reporter: 1 },
    ])
      assert.throws(() => readReporter(JSON.stringify(broken)), TypeError)
  })

  it("are not taken from a server that sends reports elsewhere, nor over plain http", async () => {
    const answer = { reporter: "rep_1", name: "b", fingerprintKey: "k".repeat(44) }
    await using server = await answering(200, { ...answer, reports: "https://evil.example/api/v1/reports" })
    const key = await createKey()
    await assert.rejects(enrolReporter({ server: server.reports, code: "c", key }), /sends reports elsewhere/)
    await assert.rejects(enrolReporter({ server: "http://tabard.example", code: "c", key }), /over https/)
  })
})

interface Answering extends AsyncDisposable {
  readonly reports: string
  readonly seen: readonly { readonly authorization: string }[]
}

async function answering(status: number, body: unknown, headers = {}): Promise<Answering> {
  const seen: { authorization: string }[] = []
  const server = createServer((request, response) => {
    seen.push({ authorization: String(request.headers.authorization) })
    request.resume().on("end", () => {
      response.writeHead(status, { "content-type": "application/json", ...headers })
      response.end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    reports: `http://127.0.0.1:${port}/api/v1/reports`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function push({ reports }: { reports: string }, body = "{}"): Promise<PushAnswer> {
  const credentials = { reporter: "rep_1", name: "b", fingerprintKey: "k".repeat(44), key: await createKey() }
  return pushReport({ ...credentials, reports }, body, { signal: new AbortController().signal })
}
