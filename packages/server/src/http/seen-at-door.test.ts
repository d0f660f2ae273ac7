import assert from "node:assert/strict"
import { IncomingMessage } from "node:http"
import { Socket } from "node:net"
import { describe, it } from "node:test"
import { seenAtDoor, seenFrom } from "./seen-at-door.ts"

describe("what a door sees of the way that a request came", () => {
  const seen = seenFrom(["10.1.0.0/16", "192.0.2.7", "fd00:1::/32"])

  it("is the private endpoint from the networks that are listed, however the address is spelled, and from no other", () => {
    for (const ip of ["10.1.2.3", "192.0.2.7", "fd00:1:2::3", "::ffff:10.1.2.3"])
      assert.deepEqual(seen(ip), { ip, posture: ["endpoint:private"] })
    for (const ip of ["10.2.0.1", "192.0.2.8", "fd00:2::1", "::ffff:10.2.0.1"])
      assert.deepEqual(seen(ip), { ip })
  })

  it("is nothing where nobody can tell, and never the private endpoint where none is listed", () => {
    for (const address of [undefined, "", "unknown", "10.1.2"]) assert.deepEqual(seen(address), {})
    assert.deepEqual(seenFrom([])("10.1.2.3"), { ip: "10.1.2.3" })
  })

  it("is nothing of the proxy itself, where that says nothing by which the sender could be told", () => {
    const told = seenAtDoor({ privateNetworks: ["10.1.0.0/16"], proxies: ["10.1.0.5"] })
    for (const forwarded of [
      undefined,
      "",
      "unknown",
      "203.0.113.9:443",
      "10.1.2.3, 203.0.113.9:443",
      "10.1.0.5",
    ])
      assert.deepEqual(told(incomingBy("10.1.0.5", forwarded)), {}, forwarded)
    assert.deepEqual(told(incomingBy("10.1.0.5", "10.1.2.3, 203.0.113.9")), { ip: "203.0.113.9" })
    const inside = { ip: "10.1.2.3", posture: ["endpoint:private"] }
    assert.deepEqual(told(incomingBy("10.1.0.5", "10.1.2.3")), inside)
    assert.deepEqual(told(incomingBy("10.1.2.3")), inside)
  })
})

function incomingBy(remote: string, forwarded?: string): IncomingMessage {
  const incoming = new IncomingMessage(new Socket())
  Object.defineProperty(incoming.socket, "remoteAddress", { value: remote })
  if (forwarded !== undefined) incoming.headers["x-forwarded-for"] = forwarded
  return incoming
}
