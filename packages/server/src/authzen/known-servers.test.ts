import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { newId, systemClock } from "@tabard/core"
import { KnownServers } from "./known-servers.ts"

describe("servers that questions name", () => {
  it("are read once, and those that are not there each time, so that one is known once it is registered", async () => {
    const registered = new Map([["notes", newId("server", systemClock)]])
    const read: string[] = []
    const servers = new KnownServers(async (name) => {
      read.push(name)
      return registered.get(name)
    })
    assert.equal(await servers.find("notes"), registered.get("notes"))
    assert.equal(await servers.find("notes"), registered.get("notes"))
    assert.equal(await servers.find("bank"), undefined)
    registered.set("bank", newId("server", systemClock))
    assert.equal(await servers.find("bank"), registered.get("bank"))
    assert.deepEqual(read, ["notes", "bank", "bank"])
  })

  it("are not known where the store cannot be read", async () => {
    const servers = new KnownServers(() => Promise.reject(new Error("the store is gone")))
    await assert.rejects(servers.find("notes"), /the store is gone/)
  })
})
