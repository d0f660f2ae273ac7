import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createServer, type Server } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { type Sandbox, type SandboxedProcess, startSandboxed } from "./stdio-sandbox.ts"

const PRYING = fileURLToPath(new URL("fixtures/prying-upstream.ts", import.meta.url))
const BUBBLEWRAP: Sandbox = { kind: "bubblewrap", command: "/usr/bin/bwrap" }
const without = existsSync(BUBBLEWRAP.command) ? false : "bubblewrap is not installed"

describe("a stdio upstream under bubblewrap", { skip: without }, () => {
  it("reads no file outside its roots, opens no socket, and writes its roots alone", async () => {
    await using world = await open()

    const got = await pry(world, BUBBLEWRAP)

    assert.deepEqual(got, {
      secret: "no",
      passwords: "no",
      // Into a /tmp of its own; nothing of it is outside.
      beside: "yes",
      program: "no",
      network: "no",
      root: "yes",
      home: "yes",
      env: [],
    })
    assert.equal(await readFile(join(world.root, "written"), "utf8"), "x")
    assert.deepEqual((await readdir(world.folder)).toSorted(), ["program", "root", "secret"])
  })

  it("ends with all that it started", async () => {
    await using world = await open()

    assert.equal(await hasEnded(await world.start(BUBBLEWRAP)), true)
  })

  it("is refused a root that is everything", async () => {
    const launch = { transport: "stdio", command: process.execPath, args: [], roots: ["/"] } as const

    await assert.rejects(startSandboxed(launch, BUBBLEWRAP), /a root must be an absolute path below \//)
  })
})

describe("a stdio upstream without a sandbox", () => {
  it("is not started where its program or a folder is not there, and is told which", async () => {
    const start = (launch: { command?: string; roots?: string[] }) =>
      startSandboxed(
        { transport: "stdio", command: process.execPath, args: [], roots: [], ...launch },
        { kind: "none" },
      )
    await assert.rejects(start({ command: "no-such-program" }), /there is no program no-such-program/)
    await assert.rejects(
      start({ roots: ["/no/such/folder"] }),
      /the folder \/no\/such\/folder does not exist/,
    )
    await assert.rejects(start({ roots: [PRYING] }), /prying-upstream\.ts does not exist/)
    await assert.rejects(start({ roots: ["notes"] }), /the folder notes is not absolute/)
  })

  it("still inherits no variable, and has a home of its own that is gone afterwards", async () => {
    await using world = await open()
    const started = await world.start({ kind: "none" })

    const got = JSON.parse(await firstLine(started)) as { env: string[]; secret: string }
    assert.deepEqual(got.env, [])
    // The test would prove nothing under bubblewrap if this were no.
    assert.equal(got.secret, "yes")
    assert.equal(await hasEnded(started), true)
  })
})

async function pry(world: { start(sandbox: Sandbox): Promise<SandboxedProcess> }, sandbox: Sandbox) {
  const started = await world.start(sandbox)
  try {
    return JSON.parse(await firstLine(started)) as unknown
  } finally {
    await started.end()
  }
}

async function open() {
  const folder = await mkdtemp(join(tmpdir(), "tabard-sandbox-test-"))
  const [root, secret] = [join(folder, "root"), join(folder, "secret")]
  await mkdir(root)
  await writeFile(secret, "nobody's business")
  const server = createServer((socket) => socket.destroy())
  const port = await listening(server)
  const program = join(folder, "program")
  await mkdir(program)
  await copyFile(PRYING, join(program, "prying.ts"))
  const args = [join(program, "prying.ts"), secret, root, String(port)]
  return {
    folder,
    root,
    start: (sandbox: Sandbox) =>
      startSandboxed({ transport: "stdio", command: process.execPath, args, roots: [root] }, sandbox),
    [Symbol.asyncDispose]: async () => {
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      resolve(typeof address === "object" && address ? address.port : 0)
    })
  })
}

async function firstLine({ child }: SandboxedProcess): Promise<string> {
  assert.ok(child.stdout)
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error("it said nothing")
}

async function hasEnded(started: SandboxedProcess): Promise<boolean> {
  const { pid } = started.child
  await started.end()
  return stat(`/proc/${String(pid)}`).then(
    () => false,
    () => true,
  )
}
