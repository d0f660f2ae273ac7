import assert from "node:assert/strict"
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, it } from "node:test"
import { checkoutsIn, ownFolderIn } from "./governing-folders.ts"
import { startSandboxed } from "./stdio-sandbox.ts"

/** Folders as they could be registered, and whether they reach what is kept in `data`, or a person's settings. */
const ROOTS: readonly (readonly [what: string, root: string, reaches: RegExp | undefined])[] = [
  ["a folder of its own", "work", undefined],
  ["one that only begins alike", "data-of-others", undefined],
  ["the data directory", "data", /Tabard keeps of its own/],
  ["a folder within it", "data/log", /Tabard keeps of its own/],
  ["one around it", "", /Tabard keeps of its own/],
  ["one that leads there", "work/link", /Tabard keeps of its own/],
  ["a home with a command line's session", "homes/ann", /command line is signed in/],
  ["what homes are in", "homes", /command line is signed in/],
  ["the settings themselves", "homes/ann/.config/tabard", /command line is signed in/],
]

describe("the folders of a server behind the gateway", () => {
  for (const [what, root, reaches] of ROOTS)
    it(`${reaches ? "may not be" : "may be"} ${what}`, async () => {
      await using world = await laid()
      const found = await ownFolderIn([world.at("work"), world.at(root)], [world.at("data")])
      if (reaches) assert.match(found?.what ?? "", reaches)
      else assert.equal(found, undefined)
    })

  it("are looked at once more when its program is started, since what they lead to may be another by then", async () => {
    await using world = await laid()
    const launch = {
      transport: "stdio",
      command: process.execPath,
      args: ["--version"],
      roots: [world.at("work/link")],
    } as const
    await assert.rejects(startSandboxed(launch, { kind: "none", ownFolders: [world.at("data")] }), {
      message: /reaches what Tabard keeps of its own here/,
    })
  })
})

describe("what lies in a server's folders", () => {
  it("is the repositories that are checked out there, around it or right below, by their remotes", async () => {
    await using world = await laid()
    await world.write(
      "work/agents/.git/config",
      '[remote "origin"]\n\turl = git@github.com:Acme/Agents.git\n[remote "mirror"]\n\turl = https://ann:secret@gitlab.com/acme/agents\n',
    )
    const both = ["repository:github.com/acme/agents", "repository:gitlab.com/acme/agents"]
    await mkdir(world.at("work/agents/deep/er"), { recursive: true })
    for (const root of ["work", "work/agents", "work/agents/deep/er"])
      assert.deepEqual(await checkoutsIn([world.at(root)]), both, root)
    assert.deepEqual(await checkoutsIn([world.at("homes")]), [])
    assert.deepEqual(await checkoutsIn([]), [])
  })

  it("is the repository also of a further working tree and of a submodule, whose settings lie elsewhere", async () => {
    await using world = await laid()
    await world.write("main/.git/config", '[remote "origin"]\n\tURL = "git@github.com:Acme/Agents.git"\n')
    await world.write("main/.git/worktrees/side/commondir", "../..\n")
    await world.write("work/side/.git", `gitdir: ${world.at("main/.git/worktrees/side")}\n`)
    assert.deepEqual(await checkoutsIn([world.at("work")]), ["repository:github.com/acme/agents"])
    await world.write("main/.git/modules/lib/config", "\tpushurl = https://gitlab.com/acme/lib\n")
    await world.write("main/lib/.git", "gitdir: ../.git/modules/lib\n")
    assert.deepEqual(await checkoutsIn([world.at("main/lib/deep")]), [
      "repository:github.com/acme/agents",
      "repository:gitlab.com/acme/lib",
    ])
  })

  it("is the place of manifests where one lies there of which no remote is known", async () => {
    await using world = await laid()
    await world.write("work/agents/tabard.yaml", "purpose: x\n")
    assert.deepEqual(await checkoutsIn([world.at("work")]), ["manifests"])
    await world.write("work/agents/.git/config", "\turl = github.com/acme/agents\n")
    assert.deepEqual(await checkoutsIn([world.at("work")]), ["repository:github.com/acme/agents"])
  })
})

interface Laid extends AsyncDisposable {
  at(path: string): string
  write(path: string, text: string): Promise<void>
}

async function laid(): Promise<Laid> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "tabard-folders-")))
  const at = (path: string): string => join(folder, path)
  for (const path of ["work", "data/log", "data-of-others", "homes/ann/.config/tabard"])
    await mkdir(at(path), { recursive: true })
  await symlink(at("data"), at("work/link"))
  return {
    at,
    async write(path, text) {
      await mkdir(dirname(at(path)), { recursive: true })
      await writeFile(at(path), text)
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
