import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:https"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { selfSigned } from "../../packages/server/src/sinks/carriers/testing/self-signed.ts"

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "a", namespace: "agents" },
  spec: { containers: [{ name: "a", image: "shop:1", env: [{ name: "OPENAI_API_KEY", value: "x" }] }] },
}

describe("the webhook of Kubernetes, over TLS", () => {
  const stop = new AbortController()
  const identity = selfSigned("admission")
  const folder = mkdtempSync(join(tmpdir(), "tabard-admission-"))
  let ended: Promise<number>
  let origin = ""

  before(async () => {
    writeFileSync(join(folder, "tls.crt"), identity.certificate)
    writeFileSync(join(folder, "tls.key"), identity.key)
    const listening = Promise.withResolvers<string>()
    const args = ["--tls-cert", "tls.crt", "--tls-key", "tls.key", "--host", "127.0.0.1", "--port", "0"]
    ended = main(["admission", ...args], {
      stdout: { write: (text: string) => listening.resolve(text) },
      stderr: { write: () => true },
      cwd: folder,
      home: folder,
      host: "test",
      env: {},
      clock: systemClock,
      signal: stop.signal,
    })
    origin = /https:\/\/[^/]+/.exec(await Promise.race([listening.promise, ended.then(String)]))?.[0] ?? ""
    assert.ok(origin, "it did not begin")
  })

  after(async () => {
    stop.abort()
    assert.equal(await ended, 0)
    rmSync(folder, { recursive: true })
  })

  it("keeps out an agent that nobody declared, with the review's own uid, and lets in what is none", async () => {
    const stopped = await posted(JSON.stringify(review(POD)))
    assert.equal(stopped.status, 200)
    const { response }: { response: { uid: string; allowed: boolean; status: { message: string } } } =
      JSON.parse(stopped.body)
    assert.deepEqual([response.uid, response.allowed], ["u-7", false])
    assert.match(response.status.message, /OPENAI_API_KEY.*names no manifest/)
    const shop = { ...POD, spec: { containers: [{ name: "a", image: "shop:1" }] } }
    assert.match((await posted(JSON.stringify(review(shop)))).body, /"allowed":true/)
  })

  it("answers an error to what is no review, so that the failure policy decides", async () => {
    for (const [body, status] of [
      ["{", 400],
      ["[]", 400],
      [JSON.stringify({ ...review(POD), apiVersion: "admission.k8s.io/v1beta1" }), 400],
      ["[".repeat(100_000), 400],
      ["x".repeat(9 * 1024 * 1024), 413],
    ] as const)
      assert.equal((await posted(body)).status, status, body.slice(0, 20))
    assert.equal((await posted("{}", "/other")).status, 404)
    assert.equal((await asked("GET", "/validate", "")).status, 405)
    assert.equal((await asked("GET", "/healthz", "")).status, 200)
  })

  it("speaks to nobody without TLS", async () => {
    const { hostname, port } = new URL(origin)
    const socket = connect(Number(port), hostname)
    // A server that hangs up may do so with a reset, by which once() would fail.
    const closed = new Promise((resolve) => socket.on("error", () => undefined).once("close", resolve))
    socket.end("POST /validate HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
    let said = ""
    socket.on("data", (piece) => (said += piece.toString("latin1")))
    await closed
    assert.doesNotMatch(said, /HTTP\/1\.1 200|allowed/)
  })

  it("lets in nobody but whom its authority vouched for, where it was given one", async (t) => {
    const client = selfSigned("client")
    writeFileSync(join(folder, "client-ca.crt"), client.certificate)
    const ending = new AbortController()
    t.after(() => ending.abort())
    const listening = Promise.withResolvers<string>()
    const running = main(
      [
        "admission",
        "--tls-cert",
        "tls.crt",
        "--tls-key",
        "tls.key",
        "--client-ca",
        "client-ca.crt",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
      ],
      {
        stdout: { write: (text: string) => listening.resolve(text) },
        stderr: { write: () => true },
        cwd: folder,
        home: folder,
        host: "test",
        env: {},
        clock: systemClock,
        signal: ending.signal,
      },
    )
    const address = /https:\/\/[^/]+/.exec(await listening.promise)?.[0] ?? ""
    const other = selfSigned("other")
    const statusWith = async (own: object): Promise<number> => {
      const sent = request(`${address}/healthz`, { ca: identity.certificate, agent: false, ...own })
      sent.end()
      const [answer] = await once(sent, "response")
      answer.resume()
      return Number(answer.statusCode)
    }
    assert.equal(await statusWith({ cert: client.certificate, key: client.key }), 200)
    await assert.rejects(statusWith({}))
    await assert.rejects(statusWith({ cert: other.certificate, key: other.key }))
    ending.abort()
    assert.equal(await running, 0)
  })

  it("does not begin with a key that is another's, nor without one", async () => {
    writeFileSync(join(folder, "other.key"), selfSigned("other").key)
    for (const key of ["other.key", "none.key"]) {
      const told: string[] = []
      const code = await main(["admission", "--tls-cert", "tls.crt", "--tls-key", key, "--port", "0"], {
        stdout: { write: () => true },
        stderr: { write: (text: string) => told.push(text) },
        cwd: folder,
        home: folder,
        host: "test",
        env: {},
        clock: systemClock,
        signal: stop.signal,
      })
      assert.equal(code, 2, told.join(""))
    }
  })

  function posted(body: string, path = "/validate"): Promise<{ status: number; body: string }> {
    return asked("POST", path, body)
  }

  async function asked(
    method: string,
    path: string,
    body: string,
  ): Promise<{ status: number; body: string }> {
    const sent = request(`${origin}${path}`, { method, ca: identity.certificate, agent: false })
    sent.end(body)
    const [answer] = await once(sent, "response")
    let text = ""
    for await (const piece of answer) text += String(piece)
    return { status: Number(answer.statusCode), body: text }
  }
})

function review(object: object): object {
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: { uid: "u-7", kind: { group: "", version: "v1", kind: "Pod" }, operation: "CREATE", object },
  }
}
