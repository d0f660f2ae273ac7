import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Credentials, parseCredentials, readCredentials, writeCredentials } from "./credentials.ts"
import { createKey, publicHalf, thumbprintOf } from "./key.ts"

describe("credentials", () => {
  it("are read as they were written", async () => {
    const credentials = await someCredentials()
    assert.deepEqual(readCredentials(writeCredentials(credentials)), credentials)
  })

  for (const name of ["instance", "agent", "issuer", "tokenEndpoint", "resource", "key"]) {
    it(`are refused without their ${name}`, async () => {
      const credentials = await someCredentials()
      assert.throws(() => parseCredentials({ ...credentials, [name]: undefined }), TypeError)
    })
  }

  it("name no plain http address but this machine's", async () => {
    const credentials = await someCredentials()
    const refuse = (resource: string): void =>
      assert.throws(() => parseCredentials({ ...credentials, resource }), TypeError)
    for (const url of [
      "http://tabard.example/mcp",
      "http://127.0.0.1.evil.example/",
      "ftp://127.0.0.1/",
      "here",
    ])
      refuse(url)
    assert.ok(parseCredentials({ ...credentials, resource: "http://127.0.0.1:8080/mcp" }))
    assert.ok(parseCredentials({ ...credentials, resource: "http://[::1]:8080/mcp" }))
  })

  it("show of a key what may be shown", async () => {
    const key = await createKey()
    assert.deepEqual(Object.keys(publicHalf(key)).toSorted(), ["crv", "kty", "x", "y"])
    assert.equal((await thumbprintOf(key)).length, 43)
  })
})

async function someCredentials(): Promise<Credentials> {
  return {
    instance: "ins_1",
    agent: "agt_1",
    issuer: "https://tabard.example/oauth",
    tokenEndpoint: "https://tabard.example/oauth/token",
    resource: "https://tabard.example/mcp",
    key: await createKey(),
  }
}
