import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { judgedArguments } from "./judged-arguments.ts"

const TOOL = { roles: { path: ["path"], body: ["content"] } } as const

describe("what is kept of the arguments that a call is judged by", () => {
  it("is how each was given, and where its paths led", () => {
    const resolvedPaths = new Map([["/notes/a", "/etc/passwd"]])
    assert.deepEqual(judgedArguments(TOOL, { arguments: { path: "/notes/a", lines: 3 }, resolvedPaths }), {
      arguments: { path: "/notes/a", lines: 3 },
      withheld: [],
      resolved: { "/notes/a": "/etc/passwd" },
    })
  })

  it("is no content, nothing with the shape of a secret and nothing that stands where one is named", () => {
    const key = `ghp_${"a1B2".repeat(9)}`
    const given = {
      body: "dear diary",
      to: key,
      password: "hunter2",
      login: { apiToken: ["t0p"], user: "ada" },
    }
    const kept = judgedArguments(TOOL, { arguments: given, resolvedPaths: new Map() })
    assert.deepEqual(kept?.withheld, ["body", "to", "password", "login.apiToken"])
    assert.doesNotMatch(JSON.stringify(kept), /diary|hunter2|t0p|ghp_/)
    assert.match(JSON.stringify(kept), /"user":"ada"/)
  })

  it("is of members as they are called, also as what every object has", () => {
    const given = JSON.parse('{"constructor":"a","__proto__":{"toString":"b"},"body":{"__proto__":"diary"}}')
    const kept = judgedArguments(TOOL, { arguments: given, resolvedPaths: new Map([["__proto__", "/x"]]) })
    const text = '{"constructor":"a","__proto__":{"toString":"b"},"body":{"__proto__":"[withheld]"}}'
    assert.equal(JSON.stringify(kept?.arguments), text)
    assert.equal(JSON.stringify(kept?.resolved), '{"__proto__":"/x"}')
  })

  it("is nothing where it is large, or where a path cannot be kept: half of it would be judged otherwise", () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`member${n}`, "some words"]))
    assert.equal(judgedArguments(TOOL, { arguments: many, resolvedPaths: new Map() }), undefined)
    const resolvedPaths = new Map([["/notes/a", `/${"deep/".repeat(200)}`]])
    assert.equal(judgedArguments(TOOL, { arguments: { path: "/notes/a" }, resolvedPaths }), undefined)
  })
})
