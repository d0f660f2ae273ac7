import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, request as httpRequest, type RequestListener } from "node:http"
import { after, before, describe, it } from "node:test"
import { recordEvent } from "@tabard/control"
import { ManualClock } from "@tabard/core"
import { parseVerifierKey, TamperedLog, verifyLog } from "@tabard/log"
import { listed, tileStoreContract } from "@tabard/log/contract"
import { sha256, verifySignature } from "@tabard/log/node"
import { assertConditionalWrites } from "../../packages/server/src/record/s3/assert-conditional-writes.ts"
import { LogStoreFault, S3Objects } from "../../packages/server/src/record/s3/s3-objects.ts"
import type { S3Place } from "../../packages/server/src/record/s3/s3-place.ts"
import { s3TileStore } from "../../packages/server/src/record/s3/s3-tile-store.ts"
import { lacksTools } from "../world/outside-tool.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"
import { type S3Server, startS3Server } from "../world/s3-server.ts"
import { temporaryDirectory } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

const skip = lacksTools("moto_server")

describe("a log in S3-compatible storage", { skip }, () => {
  let server: S3Server
  let folders = 0
  before(async () => {
    server = await startS3Server()
    Object.assign(process.env, server.credentials)
    await server.makeBucket("logs")
  })
  after(() => server[Symbol.asyncDispose]())

  const objects = (differs: Partial<S3Place> = {}): S3Objects =>
    new S3Objects(place({ endpoint: server.endpoint, ...differs }))

  tileStoreContract("a bucket", async () => s3TileStore(objects(), `log-${++folders}`))
  tileStoreContract("a bucket of its own, encrypted", async () =>
    s3TileStore(objects({ prefix: "", encryption: { kind: "s3" } }), `log-${++folders}`),
  )

  it("lies under the paths of the specification, with what a web server has to say of each", async () => {
    const asked: string[] = []
    await using recording = await serve((request, response) => {
      const { "content-type": type, "cache-control": cache, ...headers } = request.headers
      const condition = headers["if-none-match"]
      const [kind, key] = ["", "-aws-kms-key-id"].map(
        (part) => headers[`x-amz-server-side-encryption${part}`],
      )
      asked.push(
        `${request.method} ${request.url} ${type}; ${cache}; ${condition}; ${String(kind)} ${String(key)}`,
      )
      request.resume().on("end", () => response.writeHead(200, { etag: '"x"' }).end())
    })
    const encryption = { kind: "kms", key: "key-1" } as const
    const store = s3TileStore(objects({ endpoint: recording.endpoint, encryption }), "acme")
    await store.write("tile/0/x001/067.p/12", bytes("tile"))
    await store.writeCheckpoint(bytes("note"))
    assert.deepEqual(asked, [
      "PUT /logs/audit/acme/tile/0/x001/067.p/12?x-id=PutObject application/octet-stream; " +
        "max-age=31536000, immutable; *; aws:kms key-1",
      "PUT /logs/audit/acme/checkpoint?x-id=PutObject text/plain; charset=utf-8; no-cache; *; aws:kms key-1",
    ])
  })

  it("lets no publisher replace a checkpoint that it has not seen", async () => {
    const [one, other] = [s3TileStore(objects(), "two"), s3TileStore(objects(), "two")]
    await one.writeCheckpoint(bytes("first"))
    await assert.rejects(other.writeCheckpoint(bytes("unseen")), LogStoreFault)
    assert.deepEqual(await other.readCheckpoint(), bytes("first"))
    await other.writeCheckpoint(bytes("second"))
    await assert.rejects(one.writeCheckpoint(bytes("third")), LogStoreFault)
    // The same once more is what a write is whose answer was lost on the way.
    await one.writeCheckpoint(bytes("second"))
    await one.writeCheckpoint(bytes("third"))
    assert.deepEqual(await other.readCheckpoint(), bytes("third"))
  })

  it("notices another's bytes under a tile's path, whoever put them there", async () => {
    const store = s3TileStore(objects(), "tampered")
    await objects().create("tampered/tile/0/000", bytes("theirs"), { type: "text/plain", cache: "no-cache" })
    await assert.rejects(store.write("tile/0/000", bytes("ours")), TamperedLog)
  })

  it("is read page by page, and pruned, also where there are more objects than one answer names", async () => {
    const store = s3TileStore(objects(), "many")
    await Promise.all(
      Array.from({ length: 1_100 }, (_, n) =>
        fetch(`${server.endpoint}/logs/audit/many/tile/0/${String(n % 5).padStart(3, "0")}.p/${n}`, {
          method: "PUT",
          body: "x",
        }),
      ),
    )
    assert.equal((await listed(store)).length, 1_100)
    await store.remove("tile/0/003")
    assert.equal((await listed(store)).length, 880)
  })

  it("takes nothing that is longer than any file of a log", async () => {
    await fetch(`${server.endpoint}/logs/audit/long/checkpoint`, {
      method: "PUT",
      body: new Uint8Array(17_000_000),
    })
    await assert.rejects(s3TileStore(objects(), "long").readCheckpoint(), /longer than any file of a log/)
  })

  it("says in an operator's words that a bucket is not there", async () => {
    const missing = s3TileStore(objects({ bucket: "no-such-bucket" }), "x")
    await assert.rejects(missing.readCheckpoint(), (error: Error) => {
      assert.ok(error instanceof LogStoreFault)
      assert.match(error.message, /s3:\/\/no-such-bucket did not read x\/checkpoint: NoSuchBucket/)
      return true
    })
    await assert.rejects(missing.write("tile/0/000", bytes("x")), /NoSuchBucket/)
  })

  it("is kept only where conditional writes are kept", async () => {
    await assertConditionalWrites(objects())
    await assertConditionalWrites(objects())
    await using careless = await serve((request, response) => {
      request.resume().on("end", () => response.writeHead(200, { etag: '"x"' }).end())
    })
    await assert.rejects(
      assertConditionalWrites(objects({ endpoint: careless.endpoint })),
      /ignores the conditions of a write/,
    )
  })

  it("is published there by a whole Tabard, verifies, and is found again at the next start", async () => {
    await server.makeBucket("whole")
    const env = settings(server.endpoint, "s3://whole/audit")
    await using directory = await temporaryDirectory()
    const options = { data: directory.path, env }
    let size = 0
    for (const name of ["Ann", "Bea"]) {
      await using tabard = await runTabard(options)
      if (name === "Ann") await signInFirst(tabard.server, name)
      await tabard.server.publish()
      assert.deepEqual(tabard.faults, [])
      const view = await tabard.server.organisation.record.view()
      assert.ok(view.published > size || name === "Bea")
      size = view.published
      const tiles = s3TileStore(objects({ bucket: "whole" }), "default")
      const verified = await verifyLog(
        { tiles, sha256, verifySignature },
        { key: parseVerifierKey(sha256, view.verifierKey) },
      )
      assert.deepEqual(verified.ok && verified.size, size)
    }
  })

  it("is followed there by the next log, and pruned there by a written retention", async () => {
    await server.makeBucket("pruned")
    const env = settings(server.endpoint, "s3://pruned")
    await using directory = await temporaryDirectory()
    const clock = new ManualClock("2025-01-01T00:00:00.000Z")
    {
      await using tabard = await runTabard({ data: directory.path, env, clock })
      const ann = await signInFirst(tabard.server, "Ann")
      await ann.api.putRetention({ months: 6, reason: "As the privacy policy says" })
      const { shelf, organisation } = tabard.server.organisation
      await shelf.transact(async ({ outbox }) => {
        const actor = { kind: "system", id: "test" } as const
        for (let n = 0; n < 300; n++)
          await recordEvent({ organisation, clock }, outbox, { type: "scan.finished", actor, data: { n } })
      })
      await tabard.server.publish()
      await ann.api.rotateLog({ reason: "the key's year is over" })
      await tabard.server.publish()
      const isTold = () => shelf.snapshot(async ({ notifications }) => (await notifications.place()) ?? 0)
      await until(async () => (await isTold()) >= 256)
    }
    clock.advance(365 * 24 * 3600_000)
    await using tabard = await runTabard({ data: directory.path, env, clock })
    const [old, next] = ["default", "default.2"].map((folder) =>
      s3TileStore(objects({ bucket: "pruned", prefix: "" }), folder),
    )
    assert.ok(old && next)
    await until(async () => (await old.read("tile/0/000")) === undefined)
    assert.equal(await old.readMinimumIndex(), 256)
    assert.equal(await old.read("tile/entries/000"), undefined)
    const logs = await tabard.server.organisation.shelf.snapshot((tx) => tx.logs.list())
    for (const { number, verifierKey } of logs) {
      const key = parseVerifierKey(sha256, verifierKey)
      const tiles = number === 1 ? old : next
      const verified = await verifyLog({ tiles, sha256, verifySignature }, { key })
      assert.ok(verified.ok, JSON.stringify(verified))
    }
    assert.deepEqual(tabard.faults, [])
  })

  it("stops the start where it is not there, and publishing alone where it goes away", async () => {
    await assert.rejects(
      runTabard({ env: settings(server.endpoint, "s3://nowhere") }),
      /s3:\/\/nowhere did not write .*NoSuchBucket/,
    )
    await server.makeBucket("leaving")
    let away = false
    await using proxy = await serve((request, response) => {
      if (away) return void request.socket.destroy()
      const { method, headers, url } = request
      const onward = httpRequest(`${server.endpoint}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      })
      request.pipe(onward)
    })
    await using tabard = await runTabard({ env: settings(proxy.endpoint, "s3://leaving") })
    const ann = await signInFirst(tabard.server, "Ann")
    await tabard.server.publish()
    away = true
    await ann.api.makeTeam({ name: "Accounts" })
    await assert.rejects(tabard.server.publish(), LogStoreFault)
    assert.equal((await ann.api.listTeams({})).items.length, 1)
    away = false
    await tabard.server.publish()
    const { published, sequenced } = await tabard.server.organisation.record.view()
    assert.equal(published, sequenced)
  })

  it("is told as a fault soon where the storage hangs, and tries again where it stumbles", {
    timeout: 240_000,
  }, async () => {
    await using hanging = await serve(() => undefined)
    const impatient = new S3Objects(place({ endpoint: hanging.endpoint }), 500)
    await assert.rejects(s3TileStore(impatient, "x").readCheckpoint(), /did not read x\/checkpoint/)
    let tries = 0
    await using stumbling = await serve((_, response) => {
      if (++tries < 3) response.writeHead(503).end()
      else response.writeHead(200, { etag: '"x"' }).end("note")
    })
    const found = await s3TileStore(objects({ endpoint: stumbling.endpoint }), "x").readCheckpoint()
    assert.deepEqual(found, bytes("note"))
  })
})

function settings(endpoint: string, address: string): Readonly<Record<string, string>> {
  return {
    TABARD_LOG_STORE: address,
    TABARD_LOG_S3_ENDPOINT: endpoint,
    TABARD_LOG_S3_REGION: "eu-central-1",
    TABARD_LOG_S3_PATH_STYLE: "yes",
  }
}

function place(differs: Partial<S3Place>): S3Place {
  return {
    bucket: "logs",
    prefix: "audit",
    region: "eu-central-1",
    endpoint: null,
    pathStyle: true,
    encryption: null,
    ...differs,
  }
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

async function serve(answer: RequestListener): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const server = createServer(answer).listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  assert.ok(typeof address === "object" && address)
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
