import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs"
import { createServer } from "node:net"
import { delimiter, join } from "node:path"
import { after, before, describe, it } from "node:test"
import { createClient } from "@tabard/api"
import { main } from "@tabard/cli"
import { systemClock } from "@tabard/core"
import { makeReporter, reportOf, sawAgent } from "../world/reporter.ts"
import { type Ended, startTabard, type TabardProcess, temporaryDirectory } from "../world/tabard-process.ts"

const QUIET = ["up", "--port", "0", "--no-scan"]

/** As long as all these starts may take on a slow machine before the tests give up. */
const PATIENCE = { timeout: 300_000 }

describe("tabard up", PATIENCE, () => {
  let home: AsyncDisposable & { readonly path: string }
  /** A data directory with an administrator, agents and a log, as a stopped server left it. */
  let used: string
  let first: Awaited<ReturnType<TabardProcess["started"]>>
  let stopped: Ended

  before(async () => {
    home = await temporaryDirectory()
    used = join(home.path, "used")
    const place = join(home.path, "project")
    mkdirSync(join(place, ".cursor"), { recursive: true })
    writeFileSync(
      join(place, ".cursor/mcp.json"),
      JSON.stringify({ mcpServers: { notes: { command: "npx", args: ["-y", "notes"] } } }),
    )
    await using running = startTabard(["up", "--port", "0", "--data", used, "--scan", place], {
      cwd: home.path,
    })
    first = await running.started()
    await signIn(first, "Ann")
    while (!/Scan done/.test(running.said())) await new Promise((resolve) => setTimeout(resolve, 50))
    running.child.kill("SIGTERM")
    stopped = await running.ended()
  })
  after(() => home[Symbol.asyncDispose]())

  it("prints where the console is, a one-time link with the code in the fragment, and what it found", () => {
    assert.match(first.console, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.match(first.link, /^http:\/\/127\.0\.0\.1:\d+\/sign-in#[\w-]{22}$/)
    assert.match(stopped.stdout, /Scan done: 1 agent in the inventory, 1 not adopted/)
    assert.match(stopped.stdout, new RegExp(`Data\\s+${used}`))
  })

  it("ends with 0 at SIGTERM, and leaves a log that verifies", async () => {
    assert.deepEqual([stopped.code, stopped.signal], [0, null])
    assert.equal(
      stopped.stderr
        .replaceAll(/.*files.*\r?/g, "")
        .trim()
        .includes("fault"),
      false,
      stopped.stderr,
    )
    assert.equal(await verify(join(used, "log/default")), 0)
  })

  it("keeps everything for its user alone", () => {
    for (const name of ["", "tabard.db", "kek"]) {
      assert.equal(statSync(join(used, name)).mode & 0o077, 0, name)
    }
  })

  it("has its agents, administrator and log again after a restart, and a new link for the same person", async () => {
    const data = copyOf(home.path, used)
    const before = checkpointSize(data)
    await using again = startTabard([...QUIET, "--data", data], { cwd: home.path })
    const { console: address, link } = await again.started()
    assert.notEqual(new URL(link).hash, new URL(first.link).hash)
    const { api, session } = await signIn({ console: address, link })
    assert.deepEqual([session.user.name, session.user.role], ["Ann", "administrator"])
    assert.equal((await api.listAgents({})).items.length, 1)
    again.child.kill("SIGTERM")
    assert.equal((await again.ended()).code, 0)
    assert.ok(checkpointSize(data) > before, "the log goes on")
    assert.equal(await verify(join(data, "log/default")), 0)
  })

  it("goes on after it was killed in the middle", async () => {
    const data = copyOf(home.path, used)
    await using killed = startTabard([...QUIET, "--data", data], { cwd: home.path })
    await signIn(await killed.started())
    killed.child.kill("SIGKILL")
    assert.equal((await killed.ended()).signal, "SIGKILL")
    await using again = startTabard([...QUIET, "--data", data], { cwd: home.path })
    assert.equal((await (await signIn(await again.started())).api.listAgents({})).items.length, 1)
    again.child.kill("SIGINT")
    assert.equal((await again.ended()).code, 0)
    assert.equal(await verify(join(data, "log/default")), 0)
  })

  it("has whatever it said it took, also where it was killed in the next moment", async () => {
    const data = copyOf(home.path, used)
    await using killed = startTabard([...QUIET, "--data", data], { cwd: home.path })
    const started = await killed.started()
    const ann = await signIn(started)
    const reporter = await makeReporter({ publicUrl: new URL(started.console).origin }, ann, "build-7")
    const answer = await reporter.push(reportOf([sawAgent("one", "Pushed")]))
    killed.child.kill("SIGKILL")
    assert.deepEqual([answer.status, (await killed.ended()).signal], [200, "SIGKILL"])
    await using again = startTabard([...QUIET, "--data", data], { cwd: home.path })
    const { items } = await (await signIn(await again.started())).api.listAgents({})
    assert.ok(items.some(({ name }) => name === "Pushed"))
  })

  it("writes nothing outside its data directory: not at home, not where it stands", async () => {
    await using place = await temporaryDirectory()
    const [stands, lives, data] = ["cwd", "home", "data"].map((name) => join(place.path, name)) as [
      string,
      string,
      string,
    ]
    mkdirSync(stands)
    mkdirSync(join(lives, ".cursor"), { recursive: true })
    writeFileSync(join(lives, ".cursor/mcp.json"), "{}")
    const before = [tree(stands), tree(lives)]
    await using running = startTabard(["up", "--port", "0", "--data", data], {
      cwd: stands,
      env: { HOME: lives, TMPDIR: place.path },
    })
    await running.started()
    while (!/Scan done/.test(running.said())) await new Promise((resolve) => setTimeout(resolve, 50))
    running.child.kill("SIGTERM")
    await running.ended()
    assert.deepEqual([tree(stands), tree(lives)], before)
    assert.deepEqual(
      globSync("*", { cwd: place.path }).toSorted(),
      ["cwd", "data", "home"],
      "nothing stays in TMPDIR",
    )
    assert.ok(existsSync(join(data, "tabard.db")))
  })

  it("is refused while another process has its data directory, which goes on", async () => {
    const data = copyOf(home.path, used)
    await using running = startTabard([...QUIET, "--data", data], { cwd: home.path })
    const { console: address } = await running.started()
    await refused([...QUIET, "--data", data], /in use by another process/)
    assert.equal((await fetch(`${address}/health`)).status, 200)
  })

  it("is refused on a port that is in use, told which and what to do", async () => {
    const server = createServer().listen(0, "127.0.0.1")
    await new Promise((resolve) => server.once("listening", resolve))
    const port = String(Object(server.address()).port)
    try {
      await refused(
        ["up", "--no-scan", "--port", port, "--data", copyOf(home.path, used)],
        new RegExp(`port ${port} .*in use.*--port`),
      )
    } finally {
      server.close()
    }
  })

  it("is refused in a directory that cannot be made or written", async () => {
    const file = join(home.path, "a-file")
    writeFileSync(file, "mine")
    await refused([...QUIET, "--data", join(file, "data")], /cannot be made; give another with --data/)
    // The kernel says there that no parent exists, however often one is made.
    await refused([...QUIET, "--data", "/proc/nowhere/data"], /cannot be made; give another with --data/)
    await refused([...QUIET, "--data", file], /--data/)
    assert.equal(readFileSync(file, "utf8"), "mine")
  })

  it("is refused in a directory that may only be read", {
    skip: process.getuid?.() === 0 && "root may write anywhere",
  }, async () => {
    const data = join(home.path, "read-only")
    mkdirSync(data)
    chmodSync(data, 0o500)
    await refused([...QUIET, "--data", data], /--data/)
  })

  for (const [what, offset] of [
    ["header", 0],
    ["middle", 3 * 4096],
  ] as const) {
    it(`is refused where the database's ${what} is damaged, and changes no byte of it`, async () => {
      const data = copyOf(home.path, used)
      const path = join(data, "tabard.db")
      const fd = openSync(path, "r+")
      writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, offset)
      const bytes = readFileSync(path)
      await refused([...QUIET, "--data", data], /tabard\.db is damaged.*put a backup in its place/s)
      assert.ok(readFileSync(path).equals(bytes))
    })
  }

  it("is refused under another key-encryption key, and works again under its own", async () => {
    const data = copyOf(home.path, used)
    const own = readFileSync(join(data, "kek"), "utf8").trim()
    const env = { TABARD_KEK: randomBytes(32).toString("base64") }
    await refused([...QUIET, "--data", data], /sealed under another key-encryption key/, env)
    await using again = startTabard([...QUIET, "--data", data], { cwd: home.path, env: { TABARD_KEK: own } })
    await again.started()
  })

  it("is refused where the key file was spoilt: no new one is made over sealed keys in silence", async () => {
    const data = copyOf(home.path, used)
    writeFileSync(join(data, "kek"), "not a key\n")
    await refused([...QUIET, "--data", data], /32 random bytes in base64/)
    assert.equal(readFileSync(join(data, "kek"), "utf8"), "not a key\n")
  })

  it("is refused with a setting that nobody knows, or whose value is wrong; no value is repeated", async () => {
    const data = join(home.path, "never")
    await refused([...QUIET, "--data", data], /TABARD_STOER/, { TABARD_STOER: "postgres://u:hunter2@h/d" })
    await refused([...QUIET, "--data", data], /TABARD_KEK/, { TABARD_KEK: "hunter2" })
    await refused([...QUIET, "--data", data], /TABARD_STORE/, { TABARD_STORE: "mysql://u:hunter2@h/d" })
    assert.ok(!existsSync(data), "nothing is made before the settings are read")
  })

  it("is refused in production without a key and TLS, and on any bind that a network can reach", async () => {
    const data = join(home.path, "never")
    for (const args of [["--production"], ["--host", "0.0.0.0"], ["--host", "::"]]) {
      const { stderr } = await refused([...QUIET, "--data", data, ...args], /TABARD_KEK_FILE/)
      assert.match(stderr, /--tls-cert/)
    }
    const env = { TABARD_KEK: randomBytes(32).toString("base64") }
    await refused([...QUIET, "--data", data, "--production"], /--tls-cert/, env)
    const url = ["--public-url", "https://tabard.example"]
    await refused([...QUIET, "--data", data, "--host", "0.0.0.0", ...url], /--proxy/, env)
    assert.ok(!existsSync(data))
  })

  it("is refused where a place to scan is not there, in one sentence, before anything starts", async () => {
    const data = join(home.path, "never")
    const missing = join(home.path, "misspelt")
    const { stderr, stdout } = await refused(
      ["up", "--port", "0", "--data", data, "--scan", home.path, missing],
      /there is no .*misspelt: give --scan places that are there/,
    )
    assert.deepEqual([stdout, stderr.trim().split("\n").length], ["", 1])
    assert.ok(!existsSync(data), "nothing is made before the places are looked at")
    await refused(["up", "--port", "0", "--data", data, "--scan", "also-misspelt"], /there is no .*also-/)
  })

  it("hangs up on everybody but the proxies that are listed", async () => {
    const data = copyOf(home.path, used)
    await using running = startTabard([...QUIET, "--data", data, "--proxy", "192.0.2.1,192.0.2.2"], {
      cwd: home.path,
    })
    const { console: address } = await running.started()
    await assert.rejects(fetch(`${address}/health`))
  })

  it("is refused with arguments that contradict or mean nothing, with code 2", async () => {
    for (const args of [
      ["--port", "x"],
      ["--port", "70000"],
      ["--scan", "/a", "--no-scan"],
      ["--nothing"],
      ["stray"],
      ["--role", "king"],
      ["--tls-cert", "x"],
      ["--proxy", "proxy.example"],
      ["--proxy", ""],
    ]) {
      const { code, stderr } = await typed(["up", ...args])
      assert.equal(code, 2, args.join(" "))
      assert.doesNotMatch(stderr, STACK)
    }
  })

  const old = oldNode()
  it("is handed over to a new enough Node where the machine's is old", {
    skip: old ? false : "no Node older than 24 is here",
  }, async () => {
    const data = copyOf(home.path, used)
    await using running = startTabard([...QUIET, "--data", data], { cwd: home.path, node: old ?? "" })
    const { console: address } = await running.started()
    assert.equal((await fetch(`${address}/health`)).status, 200)
    running.child.kill("SIGTERM")
    assert.equal((await running.ended()).code, 0, "it ends as what it started ends")
    await assert.rejects(fetch(`${address}/health`), "nothing is left behind")
  })

  async function refused(
    args: readonly string[],
    words: RegExp,
    env: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    const ended = await run(args, env)
    assert.equal(ended.code, 1, `${ended.stdout}${ended.stderr}`)
    assert.match(ended.stderr, words)
    assert.doesNotMatch(ended.stderr, STACK)
    assert.doesNotMatch(ended.stderr, /hunter2/)
    assert.doesNotMatch(ended.stdout, /running/)
    return ended
  }

  async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    await using running = startTabard(args, { cwd: home.path, env })
    return await running.ended()
  }
})

const STACK = /^\s+at |node:internal|\.ts:\d+/m

async function signIn({ console: address, link }: { console: string; link: string }, name?: string) {
  const sent: { cookie?: string } = {}
  const api = createClient(address, async (url, init) => {
    const headers = new Headers(init.headers)
    if (sent.cookie) headers.set("cookie", sent.cookie)
    const response = await fetch(url, { ...init, headers })
    const [set] = response.headers.getSetCookie()
    if (set) sent.cookie = set.split(";", 1)[0] ?? ""
    return response
  })
  const code = new URL(link).hash.slice(1)
  const session = await api.signIn({ code, ...(name && { name, email: `${name}@example.test` }) })
  return { api, session }
}

let copies = 0

function copyOf(home: string, data: string): string {
  const copy = join(home, `copy-${++copies}`)
  cpSync(data, copy, { recursive: true })
  return copy
}

function tree(root: string): readonly string[] {
  return globSync("**/*", { cwd: root, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return entry.isFile() ? `${path} ${readFileSync(path, "utf8")}` : path
  })
}

function checkpointSize(data: string): number {
  return Number(readFileSync(join(data, "log/default/checkpoint"), "utf8").split("\n")[1])
}

async function verify(directory: string): Promise<number> {
  const key = readFileSync(join(directory, "vkey"), "utf8")
  return (await typed(["audit", "verify", directory, "--vkey", key])).code
}

/** What a command that ends by itself answers, in this process. */
async function typed(args: readonly string[]): Promise<{ code: number; stderr: string }> {
  let stderr = ""
  const code = await main(args, {
    stdout: { write: () => true },
    stderr: { write: (text) => (stderr += text) },
    cwd: "/",
    home: "/",
    host: "test",
    env: {},
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
  })
  return { code, stderr }
}

/** The first Node on the machine that is older than what Tabard needs. */
function oldNode(): string | undefined {
  const folders = ["/usr/bin", "/usr/local/bin", ...(process.env["PATH"] ?? "").split(delimiter)]
  return folders
    .map((folder) => join(folder, "node"))
    .find((node) => {
      const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" })
      const major = Number(/^v(\d+)/.exec(stdout ?? "")?.[1])
      return major >= 18 && major < 24
    })
}
