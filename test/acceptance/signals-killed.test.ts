import assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { describe, it } from "node:test"
import { type Client, createClient } from "@tabard/api"
import { freePort } from "../world/free-port.ts"
import { claimsIn } from "../world/signal-world.ts"
import { startTabard, type TabardProcess, temporaryDirectory } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

describe("a process that is killed while it pushes signals", () => {
  it("loses none: what the receiver has and it was not told of comes again, under the same jti and in order", async () => {
    await using folder = await temporaryDirectory()
    await using stack = new AsyncDisposableStack()
    const port = await freePort()
    const taken: string[] = []
    let running: TabardProcess | undefined
    /** Whether the process dies when the receiver has a signal, before it is told so. */
    let dies = false
    const start = async (): Promise<string> => {
      const args = ["up", "--port", String(port), "--data", join(folder.path, "data"), "--no-scan"]
      running = stack.use(startTabard(args, { cwd: folder.path }))
      return (await running.started()).link
    }
    const url = await startReceiver(stack, (token) => {
      taken.push(token)
      if (dies && running?.child.pid) process.kill(-running.child.pid, "SIGKILL")
      dies = false
    })
    const api = await signedIn(port, await start())
    const delivery = { method: "push", url } as const
    await api.makeSignalStream({ name: "SIEM", types: ["account-disabled"], form: "uri", delivery })
    const agents: string[] = []
    for (let n = 0; n < 4; n++) agents.push(await activeAgent(api, n))
    dies = true
    for (const id of agents.slice(0, 2)) await api.suspendAgent({ id, reason: "x" }).catch(() => undefined)
    await running?.ended()
    await start()
    for (const id of agents.slice(2)) await api.suspendAgent({ id, reason: "x" })
    await until(() => taken.some((token) => subjectIn(token) === agents[3]))
    const first = taken.findLastIndex((token, at) => at > 0 && jtiIn(token) === jtiIn(taken[0] ?? ""))
    assert.ok(first > 0, "what it was killed at came once more")
    const once = new Map(taken.map((token) => [jtiIn(token), subjectIn(token)]))
    const stopped = new Set(
      (await Promise.all(agents.map((id) => api.getAgent({ id })))).map(
        ({ id, state }) => state === "suspended" && id,
      ),
    )
    assert.deepEqual(
      [...once.values()],
      agents.filter((id) => stopped.has(id)),
    )
  })
})

async function startReceiver(stack: AsyncDisposableStack, take: (token: string) => void): Promise<string> {
  const server = createServer((request, response) => {
    let text = ""
    request.on("data", (piece: Buffer) => {
      text += piece.toString()
    })
    request.on("end", () => {
      take(text)
      response.writeHead(202).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  stack.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on TCP has such an address
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** The session outlives the process: its cookie is of the same port. */
async function signedIn(port: number, link: string): Promise<Client> {
  let cookie = ""
  const api = createClient(`http://127.0.0.1:${port}`, async (address, init) => {
    const response = await fetch(address, {
      ...init,
      headers: [...new Headers(init.headers), ["cookie", cookie]],
    })
    cookie = response.headers.getSetCookie()[0]?.split(";", 1)[0] ?? cookie
    return response
  })
  await api.signIn({ code: new URL(link).hash.slice(1), name: "Ann", email: "ann@example.test" })
  return api
}

async function activeAgent(api: Client, n: number): Promise<string> {
  const { id } = await api.enterAgent({ name: `agent ${n}` })
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString()
  await api.adoptAgent({
    id,
    name: `agent ${n}`,
    purpose: "Tidies",
    tier: "read-only",
    expiresAt,
    acceptOwnership: true,
  })
  return id
}

function jtiIn(token: string): unknown {
  return claimsIn(token)["jti"]
}

function subjectIn(token: string): string {
  return (
    String(Object(claimsIn(token)["sub_id"]).uri)
      .split("/")
      .at(-1) ?? ""
  )
}
