import assert from "node:assert/strict"
import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { describe, it } from "node:test"
import { Hono } from "hono"
import { clientAddress } from "./client-address.ts"

describe("the address that a request counts for", () => {
  it("is the other end's, whatever a header says, where no proxy is listed", async () => {
    assert.equal(await counted([], { remote: "198.51.100.7", forwarded: "203.0.113.9" }), "198.51.100.7")
  })

  it("is what a listed proxy saw, and never what was in the header before it", async () => {
    const proxies = ["10.0.0.5", "10.0.0.6"]
    for (const [forwarded, client] of [
      ["203.0.113.9", "203.0.113.9"],
      ["1.2.3.4, 203.0.113.9", "203.0.113.9"],
      ["1.2.3.4, 203.0.113.9, 10.0.0.6", "203.0.113.9"],
      ["203.0.113.9,10.0.0.6,10.0.0.5", "203.0.113.9"],
      ["::ffff:203.0.113.9", "203.0.113.9"],
    ] as const)
      assert.equal(await counted(proxies, { remote: "::ffff:10.0.0.5", forwarded }), client, forwarded)
  })

  it("is the proxy's own where it says nothing that is an address", async () => {
    for (const forwarded of [
      "",
      "unknown",
      "x".repeat(5_000),
      "203.0.113.9:443",
      "203.0.113.9\t, evil",
      ",,,",
    ])
      assert.equal(await counted(["10.0.0.5"], { remote: "10.0.0.5", forwarded }), "10.0.0.5", forwarded)
  })

  it("is one for all of an IPv6 network of 64 bits, however it is spelt", async () => {
    for (const remote of [
      "2001:db8:1:2::1",
      "2001:0db8:0001:0002:ffff:ffff:ffff:ffff",
      "2001:DB8:1:2::9%eth0",
    ])
      assert.equal(await counted([], { remote }), "2001:db8:1:2", remote)
    assert.equal(await counted([], { remote: "2001:db8::1" }), "2001:db8:0:0")
    assert.equal(await counted([], { remote: "::1" }), "0:0:0:0")
  })

  it("is nobody's where there is no connection", async () => {
    const app = new Hono().get("/", (context) => context.text(clientAddress([])(context)))
    assert.equal(await (await app.request("/")).text(), "unknown")
  })
})

async function counted(
  proxies: readonly string[],
  { remote, forwarded }: { remote: string; forwarded?: string },
): Promise<string> {
  const incoming = new IncomingMessage(new Socket())
  Object.defineProperty(incoming.socket, "remoteAddress", { value: remote })
  if (forwarded !== undefined) incoming.headers["x-forwarded-for"] = forwarded
  const app = new Hono().get("/", (context) => context.text(clientAddress(proxies)(context)))
  return (await app.request("/", {}, { incoming })).text()
}
