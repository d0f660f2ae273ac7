import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { recordEvent } from "@tabard/control"
import { parseBundle, parseCheckpoint, parseNote } from "@tabard/log"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { lacksTools, requireTool } from "../world/outside-tool.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"
import { type RunningTabard, runTabard, signInFirst } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

let tabard: RunningTabard
let ann: Person
let token: string

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
  token = await makeToken(ann, ["readLog"])
  await record(700)
  await tabard.server.publish()
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("the log over HTTP", () => {
  it("answers whoever may read the whole record, by token or session, with what the specification asks", async () => {
    for (const as of [{ authorization: `Bearer ${token}` }, { cookie: ann.cookie }]) {
      const checkpoint = await get("checkpoint", as)
      assert.equal(checkpoint.status, 200, checkpoint.text)
      assert.equal(checkpoint.headers["content-type"], "text/plain; charset=utf-8")
      assert.equal(checkpoint.headers["cache-control"], "private, no-cache")
      const { size } = parseCheckpoint(parseNote(Buffer.from(checkpoint.text)).text)
      assert.ok(size > 700)
      const tile = await get("tile/0/000", as)
      assert.equal(tile.status, 200)
      assert.equal(tile.headers["content-type"], "application/octet-stream")
      assert.equal(tile.headers["cache-control"], "private, max-age=31536000, immutable")
      assert.equal(tile.headers["content-length"], "8192")
      assert.equal(tile.headers["access-control-allow-origin"], undefined)
      assert.equal((await get(`tile/1/000.p/${Math.floor(size / 256)}`, as)).status, 200)
    }
  })

  it("answers the same under the number of the log, and the key that it is verified by", async () => {
    const vkey = await get("vkey")
    assert.equal(vkey.text, await readFile(join(tabard.data, "log/default/vkey"), "utf8"))
    assert.equal((await get("1/vkey")).text, vkey.text)
    assert.equal((await get("1/tile/0/000")).status, 200)
    assert.equal((await get("minimum-index")).text, "0\n")
    assert.equal((await get("policy")).text, `log ${vkey.text.trim()}\nquorum none\n`)
    assert.equal((await get("2/checkpoint")).status, 404)
  })

  it("answers a question about headers with headers alone", async () => {
    const head = await get("tile/0/000", undefined, "HEAD")
    assert.equal(head.status, 200)
    assert.equal(head.headers["content-type"], "application/octet-stream")
    assert.equal(head.text, "")
  })

  it("compresses entries for who takes that, and for nobody else", async () => {
    const bundle = (encoding: string) =>
      fetch(`${tabard.server.publicUrl}/log/tile/entries/000`, {
        headers: { authorization: `Bearer ${token}`, "accept-encoding": encoding },
      })
    const plain = await bundle("identity")
    assert.equal(plain.headers.get("content-encoding"), null)
    const bytes = new Uint8Array(await plain.arrayBuffer())
    assert.equal(parseBundle(bytes, 256).length, 256)
    const packed = await bundle("br, gzip;q=0.5")
    assert.equal(packed.headers.get("content-encoding"), "gzip")
    assert.ok(Number(packed.headers.get("content-length")) < bytes.length / 2)
    assert.deepEqual(new Uint8Array(await packed.arrayBuffer()), bytes)
    for (const encoding of ["gzip;q=0", "gzip; q=0.0", "br"]) {
      assert.equal((await bundle(encoding)).headers.get("content-encoding"), null, encoding)
      assert.equal((await bundle(encoding)).headers.get("vary"), "accept-encoding")
    }
  })

  it("has nothing but what the published tree has", async () => {
    for (const path of [
      "",
      "tile",
      "tile/0/1",
      "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/64/000",
      "tile/00/000",
      "tile/0/099",
      "tile/2/000.p/1",
      "tile/0/x000/000",
      "tile/0/..%2f..%2f..%2ftabard.db",
      "tile/entries/000.p/01",
      "0/checkpoint",
      "01/checkpoint",
      "1/1/checkpoint",
      "vkey/",
      "policies",
      "policy/",
    ]) {
      const answer = await get(path)
      assert.equal(answer.status, 404, `${path}: ${answer.status}`)
      assert.match(answer.text, /route_not_found/, path)
    }
    assert.equal((await get("checkpoint?x=1")).status, 422)
    assert.equal((await get("checkpoint", undefined, "POST")).status, 404)
  })

  it("lets nobody in who may not read all of the record", async () => {
    const nobody = await get("checkpoint", {})
    assert.equal(nobody.status, 401)
    assert.match(String(nobody.headers["www-authenticate"]), /^Bearer/)
    assert.equal((await get("checkpoint", { authorization: "Bearer atk_wrong" })).status, 401)
    const member = await addPerson(tabard.server, "member")
    assert.equal((await get("tile/0/000", { cookie: member.cookie })).status, 403)
    assert.equal((await get("vkey", { cookie: member.cookie })).status, 403)
    const other = { authorization: `Bearer ${await makeToken(ann, ["agents:read"])}` }
    const refused = await get("checkpoint", other)
    assert.equal(refused.status, 403)
    assert.match(refused.text, /scope_missing.*read, record:read, readLog/)
    const auditor = await addPerson(tabard.server, "auditor")
    assert.equal((await get("checkpoint", { cookie: auditor.cookie })).status, 200)
    const group = { authorization: `Bearer ${await makeToken(ann, ["record:read"])}` }
    assert.equal((await get("checkpoint", group)).status, 200)
  })

  it("bounds how often an address guesses tokens there", async () => {
    await using guessed = await runTabard()
    let status = 401
    for (let tries = 0; tries < 400 && status === 401; tries++) {
      const headers = { authorization: `Bearer atk_${tries}` }
      status = (
        await rawRequest(guessed.server.publicUrl, { method: "GET", path: "/log/checkpoint", headers })
      ).status
    }
    assert.equal(status, 429)
  })
})

describe("Tessera's fsck over HTTP", { skip: lacksTools("fsck") }, () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tabard-fsck-"))
    await writeFile(join(folder, "vkey"), (await get("vkey")).text)
  })
  after(() => rm(folder, { recursive: true }))

  it("accepts the log of a running Tabard, read with an auditor's token", async () => {
    const said = await fsck()
    assert.match(said, /Successfully fsck'd log with size \d{3,}/)
  })

  it("is let in by nothing else", async () => {
    assert.doesNotMatch(await fsck("atk_nothing"), /Successfully/)
  })

  it("finds a bit that was flipped on the disk", async () => {
    const path = join(tabard.data, "log/default/tile/entries/001")
    const whole = await readFile(path)
    const bent = Buffer.from(whole)
    bent[20_000] = (bent[20_000] ?? 0) ^ 1
    await rm(path)
    await writeFile(path, bent)
    const said = await fsck()
    await writeFile(path, whole)
    assert.doesNotMatch(said, /Successfully/)
    assert.match(said, /fsck failed/)
  })

  /** Beside this process and not before it: it is this process that answers. */
  async function fsck(bearer = token): Promise<string> {
    const child = spawn(
      requireTool("fsck"),
      [
        "--ui=false",
        "--N=4",
        `--storage_url=${tabard.server.publicUrl}/log/`,
        `--public_key=${join(folder, "vkey")}`,
        `--bearer_token=${bearer}`,
      ],
      { timeout: 240_000 },
    )
    let said = ""
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text))
    await once(child, "close")
    return said
  }
})

describe("a log that another process keeps", { skip: postgresMissing() }, () => {
  it("is served where its files are within reach; else it is said who has them", async () => {
    await using cluster = await startPostgresCluster()
    const store = await cluster.createDatabase()
    await using keeper = await runTabard({ store })
    await signInFirst(keeper.server, "Ann")
    await keeper.server.publish()
    const env = { TABARD_KEK_FILE: join(keeper.data, "kek") }
    const control = { store, env, roles: ["control", "issuer"], publicUrl: keeper.server.publicUrl } as const
    await using near = await runTabard({ ...control, data: keeper.data })
    await using far = await runTabard(control)
    const who = await addPerson(keeper.server, "auditor")
    const headers = { cookie: who.cookie, host: new URL(keeper.server.publicUrl).host }
    const from = (tabard: RunningTabard, path: string): Promise<RawAnswer> =>
      rawRequest(tabard.server.address, { path: `/log/${path}`, headers })
    const [here, there] = [await from(near, "checkpoint"), await from(far, "checkpoint")]
    assert.equal(here.status, 200, here.text)
    assert.equal(there.status, 503)
    assert.match(there.text, /log_unavailable.*ask the one that publishes/)
    assert.equal((await from(far, "vkey")).text, (await from(near, "vkey")).text)
    assert.equal((await from(far, "tile/0/000.p/1")).status, 404)
  })
})

describe("a log that another followed", () => {
  it("is served under its number, and the newest also without one", async () => {
    await using tabard = await runTabard()
    const signed = await signInFirst(tabard.server, "Ann")
    await tabard.server.publish()
    const person = await addPerson(tabard.server, "auditor")
    const read = (path: string): Promise<RawAnswer> =>
      rawRequest(tabard.server.publicUrl, { path: `/log/${path}`, headers: { cookie: person.cookie } })
    const before = await read("vkey")
    await signed.api.rotateLog({ reason: "the key's year is over" })
    await until(async () => (await read("2/checkpoint")).status === 200)
    const [old, next, newest] = [await read("1/vkey"), await read("2/vkey"), await read("vkey")]
    assert.equal(old.text, before.text)
    assert.equal(newest.text, next.text)
    assert.notEqual(next.text, old.text)
    assert.match((await read("1/checkpoint")).text, /^audit\.[^\n]+\/1\n/)
    assert.match((await read("checkpoint")).text, /^audit\.[^\n]+\/2\n/)
    const { size } = parseCheckpoint(parseNote(Buffer.from((await read("1/checkpoint")).text)).text)
    assert.equal((await read(`1/tile/0/000.p/${size}`)).status, 200)
    assert.equal((await read("tile/entries/000.p/1")).status, 200)
    assert.equal((await read("3/checkpoint")).status, 404)
  })
})

function get(
  path: string,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${token}` },
  method = "GET",
): Promise<RawAnswer> {
  return rawRequest(tabard.server.publicUrl, { method, path: `/log/${path}`, headers })
}

async function makeToken({ cookie }: Person, scopes: readonly string[]): Promise<string> {
  const made = await rawRequest(tabard.server.publicUrl, {
    method: "POST",
    path: "/api/v1/api-tokens",
    headers: { "content-type": "application/json", "x-tabard": "1", cookie },
    body: JSON.stringify({ purpose: "An auditor's", scopes }),
  })
  assert.equal(made.status, 200, made.text)
  const { token: text }: { token: string } = JSON.parse(made.text)
  return text
}

/** Puts events into the record, as use cases do. */
async function record(count: number): Promise<void> {
  const { organisation, clock, shelf } = tabard.server.organisation
  await shelf.transact(async ({ outbox }) => {
    for (let n = 0; n < count; n++) {
      const actor = { kind: "system", id: "test" } as const
      await recordEvent({ organisation, clock }, outbox, { type: "settings.changed", actor, data: { n } })
    }
  })
}
