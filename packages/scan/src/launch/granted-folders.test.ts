import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { grantedFolders, isHomeOrRoot } from "./granted-folders.ts"
import { unwrapLaunch } from "./unwrap-launch.ts"

describe("the folders that a server is given", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["npx @modelcontextprotocol/server-filesystem /home/ada/work ~/notes", ["/home/ada/work", "~/notes"]],
    ["npx some-server --root=/home/ada --port 3000", ["/home/ada"]],
    ["docker run -i -v /home/ada/work:/projects mcp/filesystem /projects", ["/home/ada/work"]],
    ["docker run -v C:\\Users\\ada:/projects mcp/filesystem /", ["C:\\Users\\ada"]],
    ["docker run -v C:/Users/ada:/projects mcp/filesystem /", ["C:/Users/ada"]],
    ["docker run --mount type=bind,src=/root,dst=/projects mcp/filesystem", ["/root"]],
    [`docker run --volume=\${HOME}:/h:ro mcp/x`, [`\${HOME}`]],
    ["docker run -v data:/data mcp/memory", []],
    ["npx some-server --mode fast", []],
    ["uvx some-server --transport http --path /", []],
    ["uvx some-server --base-path=/ --port 80", []],
    ["uvx some-server --allowed-dir /", ["/"]],
    ["npx -y /", ["/"]],
  ]
  for (const [line, folders] of cases)
    it(`are those of this machine: ${line}`, () => {
      const [command = "", ...args] = line.split(" ")
      assert.deepEqual(grantedFolders(command, args, unwrapLaunch([command, ...args])), folders)
    })

  it("are a whole home or everything by any of its names, and no folder inside one", () => {
    for (const folder of [
      "/",
      "~",
      "/home/ada",
      "/Users/ada/",
      "/root",
      "C:\\Users\\ada",
      "$HOME",
      "%USERPROFILE%",
    ])
      assert.ok(isHomeOrRoot(folder), folder)
    for (const folder of ["/home/ada/work", "~/work", "/srv", "C:\\work", "/Users/ada/Documents"])
      assert.ok(!isHomeOrRoot(folder), folder)
  })
})
