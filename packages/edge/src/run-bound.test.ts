import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { setTimeout as wait } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { writeCredentials } from "@tabard/client"
import { type Behaviour, openService, type Service } from "@tabard/client/testing"
import { type BoundRun, runBound } from "./run-bound.ts"

const PROCESS = fileURLToPath(new URL("fixtures/run-process.ts", import.meta.url))
const isCaged = spawnSync("bwrap", ["--unshare-net", "--dev-bind", "/", "/", "true"]).status === 0
const withoutCage = isCaged || process.env["REQUIRE_ALL_SUITES"] ? false : "bubblewrap does not run here"

describe("a process that is run as an agent", () => {
  it("reaches the resource through its socket and through its descriptor, again and again", async () => {
    await using world = await open()
    assert.equal(await world.run("ask"), 0)
    assert.deepEqual(await world.told(), { socket: 200, descriptor: [200, 200] })
    assert.equal(world.service.calls.length, 3)
    assert.ok(world.service.calls.every(({ authorization }) => authorization === "DPoP token-1"))
  })

  it("has neither key nor token nor secrets of ours in its environment or arguments", async () => {
    await using world = await open()
    const env = { ...process.env, TABARD_TOKEN: "tbd_secret", TABARD_PKCS11_PIN: "1234" }
    assert.equal(await world.run("tell", { env }), 0)
    const { ours, everything } = await world.told()
    assert.deepEqual(ours, ["TABARD_FD", "TABARD_SOCKET"])
    const { key } = world.service.credentials
    assert.ok("d" in key)
    for (const secret of ["token-1", "tbd_secret", key.d]) assert.ok(!String(everything).includes(secret))
  })

  it("takes its socket with it when it ends", async () => {
    await using world = await open()
    await world.run("tell")
    const { socket } = await world.told()
    assert.equal(typeof socket, "string")
    assert.equal(existsSync(String(socket)), false)
  })

  it("hands on its exit code, and that of a signal as a shell counts it", async () => {
    await using world = await open()
    assert.equal(await world.run("exit"), 7)
    assert.equal(await world.run("killed"), 137)
  })

  it("hears the signals that this program gets", async () => {
    await using world = await open()
    const running = world.run("wait")
    await world.isTold()
    world.signal("SIGTERM")
    assert.equal(await running, 42)
  })

  it("is ended once its agent gets no token any more, and a person is told why", async () => {
    let isSuspended = false
    await using world = await open({ suspended: () => isSuspended })
    const running = world.run("ask-on")
    await world.isTold()
    isSuspended = true
    assert.equal(await running, 1)
    assert.match(world.words.join(), /gets no token any more \(unauthorized_client\): The agent is suspended/)
  })

  it("may go on without one where that was said", async () => {
    let isSuspended = false
    await using world = await open({ suspended: () => isSuspended })
    const running = world.run("until-401", { stopOnRevoked: false })
    await world.isTold()
    isSuspended = true
    assert.equal(await running, 41)
  })

  it("is not begun where the agent gets no token", async () => {
    await using world = await open({ suspended: () => true })
    await assert.rejects(world.run("tell"), { name: "Refused", code: "unauthorized_client" })
    assert.equal(existsSync(world.file), false)
  })

  it("that cannot be found ends as a shell says so, and is named", async () => {
    await using world = await open()
    assert.equal(await world.run("tell", { command: ["/no/such/program"] }), 127)
    assert.match(world.words.join(), /\/no\/such\/program cannot be run/)
  })
})

describe("a process in a network of its own", { skip: withoutCage }, () => {
  it("finds the door at its port, nothing else on the network, and no credentials in their file", async () => {
    await using world = await open()
    assert.equal(await world.run("caged", { port: 7399 }), 0)
    assert.deepEqual(await world.told(), { door: 200, outside: "no", credentials: "no" })
    assert.deepEqual(world.service.calls[0]?.authorization, "DPoP token-1")
  })

  it("has a port that nobody outside can reach", async () => {
    await using world = await open()
    const running = world.run("wait", { port: 7399 })
    await world.isTold()
    await assert.rejects(fetch("http://127.0.0.1:7399/mcp/x"))
    world.signal("SIGTERM")
    assert.equal(await running, 42)
  })

  it("hands on its exit code", async () => {
    await using world = await open()
    assert.equal(await world.run("exit", { port: 7399 }), 7)
  })
})

interface World extends AsyncDisposable {
  readonly service: Service
  readonly file: string
  readonly words: readonly string[]
  run(what: string, differs?: Partial<BoundRun>): Promise<number>
  signal(name: NodeJS.Signals): void
  /** What the process wrote down. */
  told(): Promise<Record<string, unknown>>
  isTold(): Promise<void>
}

async function open(behaviour: Behaviour = {}): Promise<World> {
  const service = await openService(behaviour)
  const folder = await mkdtemp(join(tmpdir(), "tabard-run-"))
  const file = join(folder, "told")
  const credentialsFile = join(folder, "agent.json")
  await writeFile(credentialsFile, writeCredentials(service.credentials), { mode: 0o600 })
  const words: string[] = []
  const listeners: ((name: NodeJS.Signals) => void)[] = []
  return {
    service,
    file,
    words,
    run: (what, differs) =>
      runBound({
        credentials: service.credentials,
        credentialsFile,
        reread: async () => service.credentials,
        command: [process.execPath, PROCESS, what, file, service.origin, credentialsFile],
        wish: {},
        env: process.env,
        stopOnRevoked: true,
        now: () => new Date(),
        say: (said) => words.push(said),
        onSignal: (listener) => {
          listeners.push(listener)
          return { [Symbol.dispose]: () => void listeners.splice(listeners.indexOf(listener), 1) }
        },
        ...differs,
      }),
    signal: (name) => listeners.forEach((listener) => listener(name)),
    told: async () => JSON.parse(await readFile(file, "utf8")),
    isTold: async () => {
      while (!existsSync(file)) await wait(10)
    },
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
