import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { withinResource } from "./within-resource.ts"

const RESOURCE = "https://tabard.example/mcp"

describe("what lies within a resource", () => {
  for (const address of [
    "/mcp",
    "/mcp/files",
    "/mcp/files?x=1",
    "https://tabard.example/mcp/files",
    "/mcp/a/../b",
  ])
    it(`is ${address}`, () => {
      assert.ok(withinResource(RESOURCE, address))
    })

  for (const address of [
    "/",
    "/mcp-other",
    "/api/v1/agents",
    "/mcp/../api/v1/agents",
    "/mcp/%2e%2e/api",
    "/mcp/..%2fapi",
    "/mcp/..%5Capi",
    "//evil.example/mcp/x",
    "https://tabard.example.evil.example/mcp/x",
    "http://tabard.example/mcp/x",
    "https://tabard.example:444/mcp/x",
    "https://user@tabard.example/mcp/x",
    "/mcp/x#part",
    "https://",
  ])
    it(`is not ${address}`, () => {
      assert.equal(withinResource(RESOURCE, address), undefined)
    })
})
