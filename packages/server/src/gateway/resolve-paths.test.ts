import assert from "node:assert/strict"
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { type JsonObject, newId, systemClock, type ToolVersion, type Upstream } from "@tabard/core"
import { resolvePaths } from "./resolve-paths.ts"

describe("resolving path arguments", () => {
  it("follows links, and keeps what does not exist yet behind the deepest folder that does", async () => {
    await using world = await open()
    const text = join(world.root, "link", "new", "file.txt")

    const resolved = await world.resolve({ path: text })

    assert.equal(resolved.get(text), join(world.outside, "new", "file.txt"))
  })

  it("takes a relative path from the folder that the server starts in, and every text of a list", async () => {
    await using world = await open()

    const resolved = await world.resolve({ path: ["note.txt", "link"] })

    assert.equal(resolved.get("note.txt"), join(world.root, "note.txt"))
    assert.equal(resolved.get("link"), world.outside)
  })

  it("lets what cannot be told lead nowhere, and looks at no argument that is no path", async () => {
    await using world = await open()
    await symlink(join(world.root, "nowhere"), join(world.root, "dangling"))
    await symlink("loop", join(world.root, "loop"))
    const untellable = ["~/x", "link/../x", "a\0b", "", "dangling", "loop/x", "x".repeat(5_000), "note.txt/x"]

    const resolved = await world.resolve({ path: untellable, text: join(world.root, "note.txt") })

    assert.deepEqual(
      [...resolved],
      untellable.map((text) => [text, ""]),
    )
  })

  it("lets all lead nowhere where there are more than are looked at", async () => {
    await using world = await open()
    const many = Array.from({ length: 300 }, (_, index) => `file-${index}`)

    const tooMany = await world.resolve({ path: many })

    assert.deepEqual([...new Set(tooMany.values())], [""])
  })

  it("says nothing of paths of a server elsewhere", async () => {
    await using world = await open()
    const elsewhere: Upstream = {
      ...world.server,
      launch: { transport: "http", url: "https://files.example/mcp" },
    }

    assert.equal((await resolvePaths(elsewhere, world.tool, { path: "note.txt" })).size, 0)
  })
})

async function open() {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "tabard-paths-test-")))
  const [root, outside] = [join(folder, "root"), join(folder, "outside")]
  await Promise.all([mkdir(root), mkdir(outside)])
  await writeFile(join(root, "note.txt"), "")
  await symlink(outside, join(root, "link"))
  const server: Upstream = {
    id: newId("server", systemClock),
    name: "files",
    registeredBy: newId("user", systemClock),
    registeredAt: new Date(0),
    launch: { transport: "stdio", command: "files", args: [], roots: [root] },
  }
  const tool: ToolVersion = {
    id: newId("toolVersion", systemClock),
    server: server.id,
    name: "read",
    digest: "",
    definition: {},
    effects: ["read"],
    roles: { path: ["path"], text: ["content"] },
    pinnedAt: new Date(0),
  }
  return {
    root,
    outside,
    server,
    tool,
    resolve: (args: JsonObject) => resolvePaths(server, tool, args),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
