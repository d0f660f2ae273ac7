import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { seenFrom } from "./seen-at-door.ts"

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
})
