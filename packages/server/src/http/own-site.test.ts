import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { hostsOf } from "./own-site.ts"

describe("the names that are ours", () => {
  it("are both names of loopback, with the port", () => {
    for (const name of ["127.0.0.1", "localhost"]) {
      assert.deepEqual([...hostsOf(`http://${name}:7070`)], ["127.0.0.1:7070", "localhost:7070"])
    }
  })

  it("are bare on the port that the scheme has by itself, as clients send them", () => {
    for (const address of ["http://127.0.0.1:80", "http://localhost", "https://127.0.0.1:443"]) {
      assert.deepEqual([...hostsOf(address)], ["127.0.0.1", "localhost"], address)
    }
    assert.deepEqual([...hostsOf("https://tabard.example:443")], ["tabard.example"])
  })

  it("are the public name alone, where it is not loopback", () => {
    assert.deepEqual([...hostsOf("https://tabard.example:8443")], ["tabard.example:8443"])
  })
})
