import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { KnownServer } from "../knowledge/knowledge-pack.ts"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { knownEffects, type Reached } from "./known-server.ts"

describe("what a server's tools are known to do", () => {
  it("is what the catalogue says, of each server in it and each name that it is known by", () => {
    const { servers } = loadKnowledge()
    assert.ok(servers.length > 150)
    for (const server of servers) {
      for (const known of server.match) assert.ok(isKnownAs(server, known), `${server.id} as ${known}`)
    }
  })

  it("is nothing for one that is only named alike, or that nobody catalogued", () => {
    for (const args of [["-y", "server-filesystem"], ["-y", "@evil/server-filesystem"], ["./server.js"]]) {
      assert.equal(knownEffects({ command: "npx", args }), undefined)
    }
    assert.equal(knownEffects({ url: "https://mcp.stripe.com.evil.example/" }), undefined)
    assert.equal(knownEffects({ url: "https://evil.example/?https://mcp.stripe.com" }), undefined)
  })
})

/** Started or reached in one of the ways in which a name is given. */
function isKnownAs({ capabilities }: KnownServer, known: string): boolean {
  const [command = "", ...args] = known.split(" ")
  const ways: readonly Reached[] = known.includes("://")
    ? [{ url: known }]
    : known.startsWith("*/")
      ? [{ url: `https://mcp.acme.example${known.slice(1)}` }]
      : [
          { command: "npx", args: ["-y", known] },
          { command: "uvx", args: [known] },
          { command: "docker", args: ["run", "-i", known] },
          { command, args },
        ]
  const said = capabilities.length > 0 ? capabilities : undefined
  return ways.some((way) => JSON.stringify(knownEffects(way)) === JSON.stringify(said))
}
