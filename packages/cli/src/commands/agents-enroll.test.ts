import assert from "node:assert/strict"
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { readCredentials } from "@tabard/client"
import { systemClock } from "@tabard/core"
import { main } from "../main.ts"
import { reserveFile } from "./reserve-file.ts"

describe("tabard agents enroll", () => {
  it("says in one sentence that nobody answers, and leaves nothing behind, so that a later try is free", async () => {
    await using folder = await temporaryFolder()
    for (let tries = 0; tries < 2; tries++) {
      const { code, stderr } = await enroll(folder.path, "http://127.0.0.1:9")
      assert.deepEqual(
        [code, stderr],
        [1, "no Tabard answers at http://127.0.0.1:9; name its address with --server\n"],
      )
      assert.deepEqual(await readdir(folder.path), [])
    }
  })

  it("says what the server said no with, and leaves nothing behind", async () => {
    await using folder = await temporaryFolder()
    await using server = await answering(403, { code: "enrolment_invalid", detail: "the code was used up" })
    const { code, stderr } = await enroll(folder.path, server.address)
    assert.deepEqual([code, stderr], [1, "the code was used up\n"])
    assert.deepEqual(await readdir(folder.path), [])
  })

  it("says that no Tabard is there where something else answers", async () => {
    await using folder = await temporaryFolder()
    await using server = await answering(200, "hello")
    const { code, stderr } = await enroll(folder.path, server.address)
    assert.equal(code, 1)
    assert.match(stderr, /^no Tabard answers at /)
  })

  it("keeps the key and the addresses for its user alone, and nothing beside them", async () => {
    await using folder = await temporaryFolder()
    const own = "https://tabard.example"
    const addresses = { issuer: own, tokenEndpoint: `${own}/token`, resource: `${own}/mcp` }
    await using server = await answering(200, { instance: "ins_1", agent: "agt_1", ...addresses })
    assert.equal((await enroll(folder.path, server.address)).code, 0)
    assert.deepEqual(await readdir(folder.path), ["agent.json"])
    assert.equal((await stat(join(folder.path, "agent.json"))).mode & 0o777, 0o600)
    const kept = readCredentials(await readFile(join(folder.path, "agent.json"), "utf8"))
    assert.equal(kept.tokenEndpoint, addresses.tokenEndpoint)
  })

  it("leaves a file that exists already as it is, and tells it from one that cannot be written", async () => {
    await using folder = await temporaryFolder()
    const there = join(folder.path, "agent.json")
    await writeFile(there, "a key")
    const exists = await enroll(folder.path, "http://127.0.0.1:9")
    assert.deepEqual([exists.code, /exists already/.test(exists.stderr)], [1, true], exists.stderr)
    assert.equal(await readFile(there, "utf8"), "a key")
    const closed = await enroll(folder.path, "http://127.0.0.1:9", "agent.json/below.json")
    assert.deepEqual([closed.code, /cannot be written/.test(closed.stderr)], [1, true], closed.stderr)
  })

  it("refuses a place of the key that is none, before the code is used up", async () => {
    await using folder = await temporaryFolder()
    const { code, stderr } = await enroll(folder.path, "http://127.0.0.1:9", "agent.json", "cloud")
    assert.deepEqual([code, await readdir(folder.path)], [2, []])
    assert.match(stderr, /file, keychain, tpm or pkcs11/)
  })

  it("refuses an address that is none, and says how it is used", async () => {
    for (const server of ["localhost:7070", "tabard", "file:///x"]) {
      assert.equal((await enroll("/nowhere", server)).code, 2, server)
    }
  })
})

describe("a reserved file", () => {
  it("is whole and its user's alone once it is kept, and is written over nothing that came meanwhile", async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, "agent.json")
    {
      await using first = await reserveFile(path)
      await using second = await reserveFile(path)
      await first.keep("first")
      await assert.rejects(second.keep("second"), /exists already .*what was to be written is in .*\.new/)
    }
    assert.equal(await readFile(path, "utf8"), "first")
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    const [kept, draft = ""] = (await readdir(folder.path)).toSorted()
    assert.equal(kept, "agent.json")
    assert.equal(await readFile(join(folder.path, draft), "utf8"), "second", "no key is thrown away")
  })
})

async function enroll(
  cwd: string,
  server: string,
  out = "agent.json",
  key = "file",
): Promise<{ code: number; stderr: string }> {
  let stderr = ""
  const code = await main(
    ["agents", "enroll", "--server", server, "--code", "abc", "--out", out, "--key", key],
    {
      stdout: { write: () => true },
      stderr: { write: (text) => (stderr += text) },
      cwd,
      home: cwd,
      host: "test",
      env: {},
      clock: systemClock,
      signal: AbortSignal.timeout(240_000),
    },
  )
  return { code, stderr }
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tabard-enroll-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

async function answering(
  status: number,
  body: unknown,
): Promise<AsyncDisposable & { readonly address: string }> {
  const server = createServer((_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
  }).listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  return {
    address: `http://127.0.0.1:${String(Object(server.address()).port)}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
