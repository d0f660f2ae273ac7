import assert from "node:assert/strict"
import { mkdtemp, readFile, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, beforeEach, describe, it } from "node:test"
import type { EventView } from "@tabard/api"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { TERMINAL_CONTROLS } from "../world/hostile-texts.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

let tabard: RunningTabard
let ann: SignedInPerson
let token: string
let vkey: string
let home: string

before(async () => {
  tabard = await runTabard()
  ann = await signInFirst(tabard.server, "Ann")
  const made = await ann.api.makeApiToken({ purpose: "An auditor's", scopes: ["record:read"] })
  token = made.token
  for (const name of ["Notes helper", "Invoice bot"]) await ann.api.enterAgent({ name })
  vkey = (await ann.api.getLog({})).verifierKey
  while ((await tabard.server.publish()) > 0);
})
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "tabard-audit-"))
  await writeFile(join(home, "token"), token, { mode: 0o600 })
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("tabard audit, at a server", () => {
  it("verifies the log as the server hands it to auditors", async () => {
    const { code, said } = await audit("verify", `${server()}/log`, "--vkey", vkey)
    assert.match(said, /^Verified: \d+ entries/)
    assert.equal(code, 0)
  })

  it("writes what proves an event, which then proves without the server, and nothing else", async () => {
    const event = await entered("Notes helper")
    const wrote = await audit("proof", event.id, "--server", server())
    assert.equal(wrote.code, 0, wrote.said)
    assert.deepEqual(JSON.parse(await readFile(join(home, `${event.id}.entry`), "utf8")), event.body)

    const pair = ["--check", `${event.id}.tlog-proof`, "--entry", `${event.id}.entry`]
    const checked = await audit("proof", ...pair, "--vkey", vkey)
    assert.match(
      checked.said,
      new RegExp(`^Proven: this is entry ${event.index} of .*no witness of a policy has seen`),
    )
    const { ok, index, cosignatures } = JSON.parse(
      (await audit("proof", ...pair, "--vkey", vkey, "--json")).said,
    )
    assert.deepEqual([ok, index, cosignatures], [true, event.index, []])

    await writeFile(join(home, "policy"), `log ${vkey}\nquorum none\n`)
    assert.equal((await audit("proof", ...pair, "--policy", "policy")).code, 0)
    await writeFile(join(home, "policy"), "quorum none\n")
    assert.match((await audit("proof", ...pair, "--policy", "policy")).said, /names no log; name its key/)
    assert.equal((await audit("proof", ...pair)).code, 2)

    await writeFile(
      join(home, `${event.id}.entry`),
      JSON.stringify({ ...Object(event.body), type: "agent.retired" }),
    )
    const other = await audit("proof", ...pair, "--vkey", vkey)
    assert.deepEqual(
      [other.code, /NOT PROVEN: the log .* does not hold this entry at/.test(other.said)],
      [1, true],
    )
    assert.equal(JSON.parse((await audit("proof", ...pair, "--vkey", vkey, "--json")).said).ok, false)
  })

  it("makes the same proof from the files of the log, in a directory or at an address", async () => {
    const event = await entered("Notes helper")
    const index = String(event.index)
    for (const place of [join(tabard.data, "log/default"), `${server()}/log`]) {
      const { code, said } = await audit("proof", place, "--index", index)
      assert.equal(code, 0, said)
      const pair = ["--check", `entry-${index}.tlog-proof`, "--entry", `entry-${index}.entry`]
      assert.equal((await audit("proof", ...pair, "--vkey", vkey)).code, 0)
      assert.match((await audit("proof", place, "--index", "999999")).said, /entries, counted from 0/)
    }
    assert.match((await audit("proof", home, "--index", "0")).said, /there is no log here/)
  })

  it("shows one event, without obeying what stands in it", async () => {
    const event = await entered("Invoice")
    const { code, said } = await audit("show", event.id, "--server", server())
    assert.equal(code, 0)
    assert.match(said, new RegExp(`${event.type} .*${event.id} .*place ${event.index} of the record`))
    assert.doesNotMatch(said, TERMINAL_CONTROLS)

    const json = await audit("show", event.id, "--server", server(), "--json")
    assert.doesNotMatch(json.said, TERMINAL_CONTROLS)
    assert.deepEqual(JSON.parse(json.said).body, event.body)
    assert.match((await audit("show", "evt_none", "--server", server())).said, /refuses \(404\)/)
  })

  it("tells the newest events, the newest last, a line each", async () => {
    const { said } = await audit("tail", "--server", server(), "--lines", "2", "--json")
    const { items } = await ann.api.listEvents({ limit: 2 })
    assert.deepEqual(
      said
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).id),
      items.map(({ id }) => id).toReversed(),
    )
    const lines = (await audit("tail", "--server", server(), "--lines", "2")).said.trim().split("\n")
    assert.match(lines[1] ?? "", /^\d{4}-\d\d-\d\dT\S+ +\d+ {2}\S/)
  })

  it("follows what happens, each event once, until it is stopped", async () => {
    const stop = new AbortController()
    let told = ""
    const running = audit("tail", "--server", server(), "--follow", "--json", {
      signal: stop.signal,
      onText: (text) => {
        told += text
        if (told.includes("late.example.test")) stop.abort()
      },
    })
    await ann.api.enterAgent({ name: "late.example.test" })
    assert.equal((await running).code, 0)
    const ids = told
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id)
    assert.equal(new Set(ids).size, ids.length)
  })

  it("refuses what it cannot follow, and says what it takes", async () => {
    for (const args of [
      ["proof"],
      ["proof", "evt_1"],
      ["proof", "../x", "--server", server()],
      ["proof", "evt_1", "evt_2", "--server", server()],
      ["proof", home, "--index", "-1"],
      ["show", "evt_1"],
      ["show", "--server", server()],
      ["tail"],
      ["tail", "--server", server(), "--lines", "0"],
      ["tail", "--server", server(), "--lines", "1001"],
    ]) {
      const { code, said } = await audit(...args)
      assert.equal(code, 2, args.join(" "))
      assert.match(said, /usage: tabard audit/)
    }
    for (const command of ["proof", "show", "tail"]) {
      assert.match((await audit(command, "--help")).said, new RegExp(`^usage: tabard audit ${command}`))
    }
  })
})

interface Watching {
  readonly signal: AbortSignal
  readonly onText: (text: string) => void
}

async function audit(...args: readonly (string | Watching)[]): Promise<{ code: number; said: string }> {
  let said = ""
  const watching = args.find((arg) => typeof arg !== "string")
  const screen = {
    write(text: string) {
      said += text
      watching?.onText(text)
    },
  }
  const code = await main(["audit", ...args.filter((arg) => typeof arg === "string")], {
    stdout: screen,
    stderr: screen,
    cwd: home,
    home,
    host: "laptop",
    env: { TABARD_TOKEN: token },
    clock: systemClock,
    signal: watching?.signal ?? AbortSignal.timeout(240_000),
  })
  return { code, said }
}

function server(): string {
  return tabard.server.publicUrl
}

/** The event by which an agent of this name came in. */
async function entered(name: string): Promise<EventView> {
  const { items } = await ann.api.listEvents({ type: "agent.entered" })
  return (
    items.find(({ body }) => JSON.stringify(body).includes(name)) ?? assert.fail(`${name} did not come in`)
  )
}
