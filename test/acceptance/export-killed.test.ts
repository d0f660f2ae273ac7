import assert from "node:assert/strict"
import { createServer } from "node:http"
import { join } from "node:path"
import { after, describe, it } from "node:test"
import { type Client, createClient } from "@tabard/api"
import { startTabard, type TabardProcess, temporaryDirectory } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

/** How often the process is killed. */
const KILLS = 3

/** What a receiver got of one item. */
interface Item {
  readonly key: string
  readonly place: number
  readonly body: unknown
}

describe("a process that is killed while it exports", () => {
  const stack = new AsyncDisposableStack()
  after(() => stack.disposeAsync())
  const portions: (readonly Item[])[] = []
  let running: TabardProcess | undefined
  /** Whether the process dies when the receiver has a portion, before it is told so. */
  let dies = false

  it("leaves no gap and changes nothing: what it does not know of is carried again under the same keys", async () => {
    const folder = stack.use(await temporaryDirectory())
    stack.defer(async () => running?.[Symbol.asyncDispose]())
    const receiver = await startReceiver()
    const first = await start(folder.path)
    const { sink, token } = await furnish(first, receiver)
    let api = withToken(first.console, token)
    for (let kill = 0; kill < KILLS; kill++) {
      dies = true
      const entered = Array.from({ length: 5 }, (_, one) => enter(api, `agent ${kill} ${one}`))
      // Those that the kill cut off were never answered for.
      await Promise.allSettled(entered)
      await running?.ended()
      await running?.[Symbol.asyncDispose]()
      dies = false
      api = withToken((await start(folder.path)).console, token)
    }
    const size = await caughtUp(api, sink)
    await running?.[Symbol.asyncDispose]()

    const entries = portions.flat().filter(({ key }) => !key.startsWith("checkpoint/"))
    const bodies = new Map<number, string>()
    for (const { place, key, body } of entries) {
      const said = JSON.stringify([key, body])
      assert.equal(bodies.get(place) ?? said, said, `entry ${place} came twice, and not the same`)
      assert.ok(bodies.has(place) || place === bodies.size, `entry ${place} came before ${bodies.size}`)
      bodies.set(place, said)
    }
    assert.equal(bodies.size, size)
    assert.ok(entries.length > size, "nothing was carried again: it was never killed at the right moment")
  })

  async function start(path: string): Promise<{ readonly console: string; readonly link: string }> {
    running = startTabard(["up", "--port", "0", "--data", join(path, "data"), "--no-scan"], { cwd: path })
    return running.started()
  }

  async function startReceiver(): Promise<string> {
    const server = createServer((request, response) => {
      let text = ""
      request.on("data", (piece: Buffer) => {
        text += piece.toString()
      })
      request.on("end", () => {
        portions.push(JSON.parse(text).data.entries)
        if (dies && running?.child.pid) process.kill(-running.child.pid, "SIGKILL")
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    stack.defer(() => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`
  }
})

/** Signs in by the link, makes a sink, and a token that works whatever port the next process has. */
async function furnish(
  { console: base, link }: { readonly console: string; readonly link: string },
  url: string,
): Promise<{ readonly sink: string; readonly token: string }> {
  let cookie = ""
  const api = createClient(base, async (address, init) => {
    const response = await fetch(address, {
      ...init,
      headers: [...new Headers(init.headers), ["cookie", cookie]],
    })
    cookie = response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? cookie
    return response
  })
  await api.signIn({ code: new URL(link).hash.slice(1), name: "Ann", email: "ann@example.test" })
  const { token } = await api.makeApiToken({
    purpose: "Export",
    role: "security",
    scopes: ["agents:write", "record:read"],
  })
  const { id } = await api.makeSink({
    name: "SIEM",
    content: "own",
    receiver: { kind: "webhook", settings: { url } },
    choice: { kind: "all" },
    checkpoints: true,
    from: "beginning",
  })
  return { sink: id, token }
}

function withToken(base: string, token: string): Client {
  return createClient(base, (url, init) =>
    fetch(url, { ...init, headers: [...new Headers(init.headers), ["authorization", `Bearer ${token}`]] }),
  )
}

function enter(api: Client, name: string): Promise<unknown> {
  return api.enterAgent({ name, category: "production", purpose: "Pays invoices" })
}

/** Waits until the sink has all that there is, and answers how many entries that are. */
async function caughtUp(api: Client, id: string): Promise<number> {
  return until(async () => {
    const { progress } = await api.getSink({ id })
    return progress.place === progress.size && progress.size > KILLS * 2 && progress.size
  })
}
