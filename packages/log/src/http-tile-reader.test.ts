import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, it } from "node:test"
import { type HttpLog, httpTileReader, UnreadableLog } from "./http-tile-reader.ts"
import { MalformedRecord } from "./log-errors.ts"
import { emptyLog, integrate } from "./log-writer.ts"
import { memoryTileStore } from "./memory-tile-store.ts"
import { ed25519Signer, sha256, verifySignature } from "./node-crypto.ts"
import { publish } from "./publish-checkpoint.ts"
import { verifyLog } from "./verify-log.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))

describe("a log read over HTTP (tlog-tiles)", () => {
  it("is verified like one in a directory, with the token that was handed out", async () => {
    const tiles = memoryTileStore()
    const entries = Array.from({ length: 600 }, (_, place) => new TextEncoder().encode(`entry ${place}`))
    const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
    await publish({ tiles, sha256, signer: SIGNER }, head)
    const files = new Map([["checkpoint", (await tiles.readCheckpoint()) ?? assert.fail()]])
    for await (const path of tiles.list()) files.set(path, (await tiles.read(path)) ?? assert.fail())
    await using server = await serving(({ url = "", headers }, response) => {
      const bytes = files.get(url.slice("/log/".length))
      if (headers.authorization !== "Bearer secret") response.writeHead(401).end()
      else if (bytes) response.writeHead(200).end(bytes)
      else response.writeHead(404).end("not here")
    })
    const reader = httpTileReader({
      url: `${server.url}/log/`,
      token: "secret",
      fetch,
      pause: async () => {},
    })
    const verified = await verifyLog({ tiles: reader, sha256, verifySignature }, { key: SIGNER.key })
    assert.deepEqual(verified.ok && [verified.size, verified.unread], [600, 0])

    const denied = httpTileReader({ url: `${server.url}/log`, fetch, pause: async () => {} })
    await assert.rejects(denied.readCheckpoint(), /401; give a token/)
  })

  it("follows no redirect, along which the token could go elsewhere", async () => {
    let asked = 0
    await using elsewhere = await serving((_, response) => {
      asked++
      response.end("stolen")
    })
    await using server = await serving((_, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/checkpoint` }).end()
    })
    const reader = httpTileReader({ url: server.url, token: "secret", fetch, pause: async () => {} })
    await assert.rejects(reader.readCheckpoint(), UnreadableLog)
    assert.equal(asked, 0)
  })

  it("asks again, each time later, where the server fails or the way to it, and gives up at the fourth", async () => {
    for (const failing of [502, 429, new TypeError("fetch failed")]) {
      const pauses: number[] = []
      const answers = [failing, failing, failing, 200]
      const reader = readerOf(() => answers.shift() ?? 500, pauses)
      assert.deepEqual(await reader.readCheckpoint(), new TextEncoder().encode("body"))
      assert.deepEqual(pauses, [250, 500, 1000])

      await assert.rejects(readerOf(() => failing, []).readCheckpoint(), UnreadableLog)
    }
  })

  it("does not ask again where the answer would be the same", async () => {
    for (const [status, message] of [
      [403, /give a token that may read the log/],
      [400, /check the address of the log/],
    ] as const) {
      let asked = 0
      const reader = readerOf(() => {
        asked++
        return status
      })
      await assert.rejects(reader.readCheckpoint(), message)
      assert.equal(asked, 1)
    }
  })

  it("does not go on asking once its caller has stopped", async () => {
    const pauses: number[] = []
    const reader = readerOf(() => 503, pauses, AbortSignal.abort())
    await assert.rejects(reader.readCheckpoint(), UnreadableLog)
    assert.deepEqual(pauses, [])
  })

  it("has nothing where the server says that there is nothing", async () => {
    for (const status of [404, 410]) {
      const reader = readerOf(() => status)
      assert.equal(await reader.read("tile/0/000"), undefined)
      assert.equal(await reader.readMinimumIndex?.(), 0)
    }
    const nothing = async (): Promise<Response> => new Response(null, { status: 404 })
    const bare = httpTileReader({ url: "https://log.test", fetch: nothing, pause: async () => {} })
    assert.equal(await bare.readCheckpoint(), undefined)
  })

  it("stops reading what is longer than any file of a log, and takes an empty answer for no bytes", async () => {
    const endless = (): ReadableStream<Uint8Array> =>
      new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) })
    const reader = httpTileReader({
      url: "https://log.test",
      fetch: async () => new Response(endless()),
      pause: async () => {},
    })
    await assert.rejects(reader.read("tile/entries/000"), MalformedRecord)
    await assert.rejects(reader.readCheckpoint(), MalformedRecord)

    const empty = httpTileReader({
      url: "https://log.test",
      fetch: async () => new Response(null),
      pause: async () => {},
    })
    assert.deepEqual(await empty.read("tile/0/000"), new Uint8Array(0))
  })

  it("reads the checkpoint that a quorum has cosigned, where that is wanted and the server has one", async () => {
    for (const [has, wanted, read] of [
      [true, true, "witnessed-checkpoint"],
      [false, true, "checkpoint"],
      [true, false, "checkpoint"],
    ] as const) {
      const reader = httpTileReader({
        url: "https://log.test/log",
        witnessed: wanted,
        fetch: async (asked) => {
          const path = new Request(asked).url.slice("https://log.test/log/".length)
          const missing = path === "witnessed-checkpoint" && !has
          return new Response(path, { status: missing ? 404 : 200 })
        },
        pause: async () => {},
      })
      assert.equal(new TextDecoder().decode(await reader.readCheckpoint()), read)
    }
  })

  it("asks for no path that is not a tile's", async () => {
    await assert.rejects(readerOf(() => 200).read("../secret"), MalformedRecord)
  })
})

/** A reader whose server answers in turn what is told: a status, or that the way to it is broken. */
function readerOf(
  answer: () => number | Error,
  pauses: number[] = [],
  signal?: AbortSignal,
): ReturnType<typeof httpTileReader> {
  const log: HttpLog = {
    url: "https://log.test",
    fetch: async () => {
      const told = answer()
      if (typeof told !== "number") throw told
      return new Response("body", { status: told })
    },
    pause: async (milliseconds) => {
      pauses.push(milliseconds)
    },
    ...(signal && { signal }),
  }
  return httpTileReader(log)
}

async function serving(answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
