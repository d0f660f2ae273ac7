import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { systemClock } from "@tabard/core"
import { main } from "../main.ts"
import { keepSession } from "./kept-session.ts"

const SESSION = `tbs_${"s".repeat(32)}`

describe("a command that names no server", () => {
  it("asks the one that tabard login signed in at, as its person", async () => {
    await using world = await signedIn()
    const { code, stdout, stderr } = await world.run(["trust", "list"])
    assert.deepEqual([code, stdout, stderr], [0, "", "No trust rule is there: tabard trust add makes one.\n"])
    assert.deepEqual(world.asked, [`Bearer ${SESSION}`])
    assert.equal((await world.run(["agents", "list"])).code, 0)
  })

  it("sends an API token to no server that was not named with it", async () => {
    await using world = await signedIn()
    await writeFile(join(world.home, "token"), "tbd_abc", { mode: 0o600 })
    const named = ["trust", "list", "--token-file", "token"]
    for (const { code, stderr } of [
      await world.run(["trust", "list"], { TABARD_TOKEN: "tbd_abc" }),
      await world.run(named),
    ])
      assert.deepEqual([code, /--server is needed/.test(stderr)], [2, true])
    assert.deepEqual(world.asked, [])
  })

  it("is refused where nobody is signed in", async () => {
    await using world = await signedIn()
    await world.run(["logout"])
    const { code, stderr } = await world.run(["retire", "agt_1"])
    assert.deepEqual([code, /--server is needed/.test(stderr)], [2, true])
  })
})

describe("a server's no", () => {
  it("is one line, however many things are wrong", async () => {
    await using world = await signedIn({ status: 422, body: { detail: "✖ too small\n  → at name" } })
    const { code, stderr } = await world.run(["agents", "list"])
    assert.deepEqual([code, stderr.split("refuses ")[1]], [1, "(422): ✖ too small → at name\n"])
  })
})

describe("a workload's token in a file", () => {
  it("is read without the line's end, and missed before the server is asked", async () => {
    await using world = await signedIn({ status: 200, body: { accepted: true, faults: [] } })
    const test = ["trust", "test", "tru_1", "--workload-token-file"]
    await writeFile(join(world.home, "svid"), "a.b.c\n")
    await world.run([...test, "svid"])
    assert.equal(world.sent.at(-1), `{"token":"a.b.c"}`)
    await writeFile(join(world.home, "empty"), "\n")
    const { code, stderr } = await world.run([...test, "empty"])
    assert.deepEqual([code, stderr, world.sent.length], [1, "empty holds no token\n", 1])
  })
})

interface World extends AsyncDisposable {
  readonly home: string
  /** How each request proved who asks. */
  readonly asked: (string | undefined)[]
  readonly sent: string[]
  run(
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>
}

/** A command line that is signed in at a server, which answers all alike. */
async function signedIn(
  { status, body } = { status: 200, body: { items: [], next: null } as object },
): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), "tabard-home-"))
  const [asked, sent]: [(string | undefined)[], string[]] = [[], []]
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    let text = ""
    request.on("data", (piece) => (text += String(piece)))
    request.on("end", () => {
      if (text) sent.push(text)
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  await keepSession({ env: {}, home }, { server: origin, token: SESSION })
  return {
    home,
    asked,
    sent,
    async run(args, env = {}) {
      const told = { stdout: "", stderr: "" }
      const code = await main(args, {
        stdout: { write: (text) => (told.stdout += text) },
        stderr: { write: (text) => (told.stderr += text) },
        cwd: home,
        home,
        host: "test",
        env,
        clock: systemClock,
        signal: new AbortController().signal,
      })
      return { code, ...told }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(home, { recursive: true, force: true })
    },
  }
}
