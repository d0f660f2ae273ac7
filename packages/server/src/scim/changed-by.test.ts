import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Hono } from "hono"
import { changedBy, SCIM_PATH } from "./changed-by.ts"

describe("what a request of a directory changes", () => {
  it("is the person or the team that its address names, and nobody where they are new", () => {
    assert.deepEqual(changed("/scim/v2/Users/usr_1"), [{ kind: "person", id: "usr_1" }])
    assert.deepEqual(changed("/scim/v2/Groups/tea_1?attributes=id"), [{ kind: "team", id: "tea_1" }])
    assert.deepEqual(changed("/scim/v2/Users"), [])
    assert.deepEqual(changed("/scim/v2/Groups?startIndex=1"), [])
  })

  it("is everybody's where an address is spelt otherwise, which the router understands all the same", async () => {
    const app = new Hono().delete(`${SCIM_PATH}/Users/:id`, ({ req }) => new Response(req.param("id")))
    for (const path of [
      "/scim/v2/Users/usr%5F1",
      "/scim/v2/Users/%75sr_1",
      "/scim/v2/%55sers/usr_1",
      "/%73cim/v2/Users/usr_1",
    ]) {
      const understood = await app.request(path, { method: "DELETE" })
      assert.equal(await understood.text(), "usr_1", path)
      assert.equal(changed(path), "everybodys", path)
    }
    for (const path of [
      "/scim/v2/Users/",
      "/scim/v2/Users/usr_1/",
      "/scim/v2/Bulk",
      "/o/x/scim/v2/Users/usr_1",
    ])
      assert.equal(changed(path), "everybodys", path)
  })
})

function changed(path: string): ReturnType<typeof changedBy> {
  return changedBy({ url: `https://tabard.example${path}` })
}
