import assert from "node:assert/strict"
import type { RequestListener } from "node:http"
import { connect, type Socket } from "node:net"
import { describe, it } from "node:test"
import { listedAddresses } from "./listed-address.ts"
import { listen, type Patience } from "./listen.ts"

describe("a server that listens", () => {
  it("answers everybody who reaches it where no proxy is listed", async () => {
    await using server = await listening([])
    assert.match(await said(server.port), /^HTTP\/1\.1 204/)
  })

  it("answers a proxy that is listed", async () => {
    await using server = await listening(["192.0.2.1", "127.0.0.1"])
    assert.match(await said(server.port), /^HTTP\/1\.1 204/)
    assert.equal(server.asked(), 1)
  })

  it("closes any other connection at once: nothing is said, and nobody behind it is asked", async () => {
    await using server = await listening(["192.0.2.1"])
    assert.equal(await said(server.port, ""), "", "without waiting for a request")
    assert.equal(await said(server.port), "")
    assert.equal(server.asked(), 0)
  })
})

/** How long Node itself waits for headers where nobody says. */
const NODES_OWN_PATIENCE_MS = 60_000

describe("a slow request", () => {
  const patience = { headersMs: 300, requestMs: 900, lookMs: 50 }
  const head = "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n"

  for (const [what, first, piece] of [
    ["whose headers come letter by letter", head, "x"],
    ["whose body comes letter by letter", `${head}\r\n`, "x"],
    ["that says nothing", "", ""],
  ] as const) {
    it(`is ended: one ${what}`, async () => {
      await using server = await listening([], patience)
      const began = performance.now()
      const socket = connect(server.port, "127.0.0.1").on("error", () => undefined)
      socket.resume().write(first)
      const drip = setInterval(() => piece && socket.write(piece), 40)
      await closed(socket)
      clearInterval(drip)
      assert.ok(performance.now() - began < NODES_OWN_PATIENCE_MS, "that is not by our patience")
    })
  }

  it("keeps nobody else waiting", async () => {
    await using server = await listening([], { ...patience, headersMs: 120_000, requestMs: 120_000 })
    const slow = Array.from({ length: 200 }, () =>
      connect(server.port, "127.0.0.1").on("error", () => undefined),
    )
    for (const socket of slow) socket.write("GET / HTTP/1.1\r\nhost:")
    assert.match(await said(server.port), /^HTTP\/1\.1 204/)
    assert.ok(
      slow.every(({ closed }) => !closed),
      "all of them still wait",
    )
    for (const socket of slow) socket.destroy()
  })
})

describe("a list of addresses", () => {
  it("knows an address in each of its spellings, and no other", () => {
    const isListed = listedAddresses(["10.0.0.5", "2001:db8::5", "fe80::5"])
    for (const listed of [
      "10.0.0.5",
      "::ffff:10.0.0.5",
      "2001:db8::5",
      "2001:db8:0:0:0:0:0:5",
      "fe80::5%eth0",
    ]) {
      assert.ok(isListed(listed), listed)
    }
    for (const other of [
      "10.0.0.50",
      "::ffff:10.0.0.6",
      "2001:db8::50",
      "::5",
      "fe80::6%eth0",
      "x",
      "",
      undefined,
    ]) {
      assert.ok(!isListed(other), String(other))
    }
  })
})

async function listening(
  proxies: readonly string[],
  patience?: Patience,
): Promise<AsyncDisposable & { readonly port: number; readonly asked: () => number }> {
  let asked = 0
  const answer: RequestListener = (request, response) => {
    asked++
    request.resume().on("end", () => response.writeHead(204).end())
  }
  const server = await listen({ host: "127.0.0.1", port: 0, tls: null, proxies }, answer, patience)
  return {
    port: server.port,
    asked: () => asked,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** All that the server says until it closes the connection. */
async function said(
  port: number,
  request = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
): Promise<string> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined)
  let text = ""
  socket.setEncoding("utf8").on("data", (piece: string) => (text += piece))
  socket.write(request)
  await closed(socket)
  return text
}

/** A connection that is closed while it is written to may end with a reset, which `once` would throw: closed it is. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()))
}
