import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { makeApiToken } from "@tabard/control"
import { systemClock } from "@tabard/core"
import { addPerson } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))

let tabard: RunningTabard
let folder: string
let token: string

before(async () => {
  tabard = await runTabard()
  folder = await mkdtemp(join(tmpdir(), "tabard-register-"))
  const { organisation } = tabard.server
  const ann = await addPerson(tabard.server, "administrator")
  const wish = {
    purpose: "Register",
    role: "security",
    scopes: ["agents:read", "agents:write"],
    days: 1,
  } as const
  const deps = { organisation: organisation.organisation, clock: systemClock, ...organisation.shelf }
  token = (await makeApiToken(deps, ann.user, wish)).token
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe("the register on the command line", () => {
  it("tells what an import would change, changes it with --apply, and exports it again", async () => {
    const file = join(folder, "register.csv")
    const head = (await cli(["agents", "export"])).stdout.split(/\r?\n/)[0] ?? ""
    const columns = head.split(",")
    const row = columns.map(
      (name) => ({ name: "Invoices", category: "production", purpose: "Pays" })[name] ?? "",
    )
    await writeFile(file, `${head}\n${row.join(",")}\n`)
    const looked = await cli(["agents", "import", file])
    assert.match(looked.stdout, /1 entered, 0 changed, 0 unchanged, 0 refused; nothing was written/)
    assert.ok(!(await cli(["agents", "export"])).stdout.includes("Invoices"))
    const applied = await cli(["agents", "import", file, "--apply"])
    assert.match(applied.stdout, /line 2: enter Invoices/)
    assert.equal(applied.code, 0)
    assert.match((await cli(["agents", "export"])).stdout, /Invoices/)
  })

  it("says of a file with a line that cannot be taken what to do, and not to write what was to be written", async () => {
    const file = join(folder, "wrong.csv")
    await writeFile(file, "name,category\nLedger,robot\n")
    const { stdout, code } = await cli(["agents", "import", file, "--apply"])
    assert.match(stdout, /1 refused; nothing was written: mend the lines that were refused first/)
    assert.equal(code, 1)
  })

  it("takes the token from a file that is its user's alone, and from nowhere on the command line", async () => {
    const file = join(folder, "token")
    await writeFile(file, `${token}\n`, { mode: 0o600 })
    assert.equal((await cli(["agents", "export", "--token-file", file], "")).code, 0)
    const open = join(folder, "open")
    await writeFile(open, token, { mode: 0o644 })
    const refused = await cli(["agents", "export", "--token-file", open], "")
    assert.deepEqual([refused.code, /others may read/.test(refused.stderr)], [1, true])
    assert.equal((await cli(["agents", "export", "--token", token], "")).code, 2)
    assert.match((await cli(["agents", "export"], "")).stderr, /set TABARD_TOKEN or name a file/)
  })

  it("says the server's own words where it refuses, and sends nothing over a network in the clear", async () => {
    const wrong = await cli(["agents", "export"], `tbd_${"a".repeat(46)}`)
    assert.deepEqual([wrong.code, /refuses \(401\): this API token is unknown/.test(wrong.stderr)], [1, true])
    const clear = await cli(["agents", "export", "--server", "http://tabard.example"])
    assert.deepEqual([clear.code, /no https address/.test(clear.stderr)], [1, true])
  })
})

describe("people on the command line", () => {
  it("tells what a file would change, changes it with --apply, and exports them again", async () => {
    const { organisation } = tabard.server
    const deps = { organisation: organisation.organisation, clock: systemClock, ...organisation.shelf }
    const { user } = await addPerson(tabard.server, "administrator")
    const scopes = ["people:read", "people:write"]
    const wish = { purpose: "People", role: "administrator", scopes, days: 1 } as const
    const held = (await makeApiToken(deps, user, wish)).token
    const file = join(folder, "people.csv")
    await writeFile(file, "email,name,teams\ncat@acme.example,Cat,Web\n")
    const looked = await cli(["people", "import", file], held)
    assert.match(
      looked.stdout,
      /line 2: enter cat@acme.example: enters a new member; joins Web, a new team\n1 entered, 0 changed, 0 unchanged, 0 refused; nothing was written.*\n1 not in the file, left alone/,
    )
    assert.ok(!(await cli(["people", "export"], held)).stdout.includes("Cat"))
    assert.equal((await cli(["people", "import", file, "--apply"], held)).code, 0)
    assert.match((await cli(["people", "export"], held)).stdout, /^cat@acme.example,Cat,member,,Web,active/m)
    const wrong = await cli(["people", "import", file, "--apply", "--deactivate-missing", "7"], held)
    assert.deepEqual(
      [wrong.code, /1 people are not in the file, and 7 were confirmed/.test(wrong.stderr)],
      [1, true],
    )
    const off = await cli(["people", "import", file, "--apply", "--deactivate-missing", "1"], held)
    assert.match(off.stdout, /1 not in the file, switched off/)
    assert.equal((await cli(["people", "import", file, "--deactivate-missing", "all"], held)).code, 2)
    assert.equal((await cli(["people", "import", file, "--apply"])).code, 1, "that token is not for people")
  })
})

function cli(
  args: readonly string[],
  held = token,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const server = args.includes("--server") ? [] : ["--server", tabard.server.publicUrl]
  const env = { ...process.env, TABARD_TOKEN: held }
  return new Promise((resolve) => {
    execFile(process.execPath, [LAUNCHER, ...args, ...server], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr })
    })
  })
}
