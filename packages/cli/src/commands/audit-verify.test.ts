import assert from "node:assert/strict"
import { once } from "node:events"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, it } from "node:test"
import { systemClock } from "@tabard/core"
import { emptyLog, formatNote, formatVerifierKey, integrate, noteKey, parseNote, publish } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { main } from "../main.ts"
import type { Screen } from "../surroundings.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const VKEY = formatVerifierKey(SIGNER.key)
const WITNESS_SIGNER = ed25519Signer("example.test/witness", new Uint8Array(32).fill(2))
const WITNESS = noteKey(sha256, { ...WITNESS_SIGNER.key, type: "cosignature/v1" })
const WITNESS_VKEY = formatVerifierKey(WITNESS)
const WITNESS_LOG_VKEY = formatVerifierKey(WITNESS_SIGNER.key)
const TOKEN = `tbd_${"a".repeat(46)}`

describe("tabard audit verify", () => {
  let home: string
  let log: string
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "tabard-verify-"))
    log = join(home, "log")
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  it("refuses a log that was put back to an earlier state, where a later checkpoint was kept", async () => {
    const grow = writerOf(log)
    await grow(3)
    await cp(log, join(home, "copy"), { recursive: true })
    await writeFile(join(home, "kept"), await grow(300))
    assert.equal((await verify("--checkpoint", "kept")).code, 0)

    await rm(log, { recursive: true })
    await cp(join(home, "copy"), log, { recursive: true })
    const unaware = await verify()
    assert.equal(unaware.code, 0)
    assert.match(unaware.said, /No kept checkpoint was used/)
    const aware = await verify("--checkpoint", "kept")
    assert.equal(aware.code, 1)
    assert.match(aware.said, /NOT VERIFIED: the log has shrunk: it had 303 entries and has 3/)
  })

  it("holds the log against every checkpoint that was given, and says so", async () => {
    const grow = writerOf(log)
    await writeFile(join(home, "first"), await grow(3))
    await writeFile(join(home, "second"), await grow(4))
    const { code, said } = await verify("--checkpoint", "first", "--checkpoint", "second")
    assert.equal(code, 0)
    assert.match(said, /every kept checkpoint that was given \(2\)/)
    assert.doesNotMatch(said, /No kept checkpoint/)

    const other = await writerOf(join(home, "other"), "another history")(3)
    await writeFile(join(home, "other-checkpoint"), other)
    assert.equal((await verify("--checkpoint", "first", "--checkpoint", "other-checkpoint")).code, 1)
  })

  it("takes no checkpoint that the log's key did not sign, nor one that is not there", async () => {
    const checkpoint = await writerOf(log)(3)
    const unsigned = new TextDecoder().decode(checkpoint).replace(/— .*\n/, "— example.test/log AAAAAAAA\n")
    await writeFile(join(home, "unsigned"), unsigned)
    const refused = await verify("--checkpoint", "unsigned")
    assert.equal(refused.code, 1)
    assert.match(refused.said, /an earlier checkpoint does not count/)

    const missing = await verify("--checkpoint", "nowhere")
    assert.equal(missing.code, 1)
    assert.match(missing.said, /nowhere cannot be read; name a file that you kept/)
  })

  it("wants the witnesses of a policy, whose log's key it then takes, and says when they have seen it", async () => {
    await cosign(log, await writerOf(log)(3))
    await writeFile(join(home, "policy"), `log ${VKEY}\nwitness w ${WITNESS_VKEY}\nquorum w\n`)
    const seen = await run(log, "--policy", "policy")
    assert.equal(seen.code, 0)
    assert.match(seen.said, /Seen by the witnesses that the policy asks for: w at 2023-11-14T22:13:20\.000Z/)
    assert.doesNotMatch(seen.said, /key beside the log/)

    await writerOf(join(home, "unseen"))(3)
    const unseen = await run(join(home, "unseen"), "--policy", "policy")
    assert.deepEqual([unseen.code, /too few witnesses .*: none/.test(unseen.said)], [1, true])

    await writeFile(join(home, "none"), "quorum none\n")
    assert.match((await verify("--policy", "none")).said, /asks for no witness/)
    await writeFile(join(home, "other"), `log ${WITNESS_LOG_VKEY}\nquorum none\n`)
    assert.match((await run(log, "--policy", "other")).said, /the policy names no log example\.test\/log/)
    await writeFile(join(home, "broken"), "quorum\n")
    assert.match((await verify("--policy", "broken")).said, /line 1 of the policy: a quorum line reads/)
  })

  it("says how many entries were not there to read, and takes no less than it was told", async () => {
    await writerOf(log)(600)
    await rm(join(log, "tile/entries/000"))
    await rm(join(log, "tile/0/000"))
    assert.match((await verify()).said, /NOT VERIFIED: tile\/entries\/000 is missing \(entry 0\)/)

    assert.match((await verify("--from", "300")).said, /The first 256 entries were not there to read/)
    await writeFile(join(log, "minimum-index"), "256\n")
    assert.equal((await verify()).code, 0)
    assert.equal((await verify("--from", "0")).code, 1)
    assert.deepEqual(
      [(await verify("--from", "x")).code, (await verify("--from", "x")).said.split("\n")[0]],
      [2, "--from takes a whole number from 0 on"],
    )
  })

  it("answers JSON, of what it found or of what is wrong", async () => {
    await cosign(log, await writerOf(log)(3))
    await writeFile(join(home, "policy"), `witness w ${WITNESS_VKEY}\nquorum w\n`)
    const { root, ...found } = JSON.parse((await verify("--policy", "policy", "--json")).said)
    assert.equal(Buffer.from(root, "base64").length, 32)
    assert.deepEqual(found, {
      ok: true,
      size: 3,
      unread: 0,
      cosignatures: [{ name: "w", verifierKey: WITNESS_VKEY, time: "2023-11-14T22:13:20.000Z" }],
      clockWentBack: null,
      follows: null,
    })
    const path = join(log, "tile/entries/000.p/3")
    const bytes = await readFile(path)
    await writeFile(path, bytes.with(5, 0))
    const wrong = await verify("--json")
    assert.deepEqual(
      [wrong.code, JSON.parse(wrong.said)],
      [1, { ok: false, reason: "entry 0 is not the one that was signed", entry: 0 }],
    )
  })

  it("says where a clock went back, which is not for the log to mend", async () => {
    const tiles = fileTileStore(log)
    const times = [
      "2026-01-01T00:10:00Z",
      "2026-01-01T00:09:30Z",
      "2026-01-01T00:05:00Z",
      "2026-01-01T00:05:01Z",
    ]
    const entries = [...times.map((t) => `{"t":"${t}"}`), '{"t":5}', "[]", "no JSON"].map((text) =>
      Buffer.from(text),
    )
    const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
    await publish({ tiles, sha256, signer: SIGNER }, head)
    const { code, said } = await verify()
    assert.equal(code, 0)
    assert.match(said, /Entry 2 says a time 300 s before that of an entry before it/)
  })

  it("reads a log at an address, with the token of a file that nobody else reads, and its key from elsewhere", async () => {
    await writerOf(log)(300)
    await using server = await serving(log)
    await writeFile(join(home, "token"), `${TOKEN}\n`, { mode: 0o600 })
    const { code, said } = await run(server.url, "--vkey", VKEY, "--token-file", "token")
    assert.match(said, /Verified: 300 entries/)
    assert.equal(code, 0)

    assert.match(
      (await run(server.url, "--vkey", VKEY)).said,
      /answers 401; give a token that may read the log/,
    )
    assert.match((await run(server.url, "--token-file", "token")).said, /name the log's key as you kept it/)
    assert.match((await run("http://log.example/", "--vkey", VKEY)).said, /is no https address/)
  })

  it("tells which log went before, and writes its last checkpoint, by which that one is verified", async () => {
    const checkpoint = new TextDecoder().decode(await writerOf(log)(3))
    const rotated = (data: unknown): Promise<void> => begin(join(home, "next"), { type: "log.rotated", data })
    await rotated({ previous: "example.test/log", checkpoint })
    const { said } = await run("next", "--vkey", VKEY, "--save-previous", "last")
    assert.match(
      said,
      /It follows example\.test\/log, whose last checkpoint, of 3 entries, stands in entry 0/,
    )
    assert.equal(await readFile(join(home, "last"), "utf8"), checkpoint)
    assert.equal((await verify("--checkpoint", "last")).code, 0)
    const { follows } = JSON.parse((await run("next", "--vkey", VKEY, "--json")).said)
    assert.deepEqual(follows, { origin: "example.test/log", size: 3 })

    for (const checkpointThere of [null, "no note"]) {
      await rotated({ previous: "example.test/log", checkpoint: checkpointThere })
      const abandoned = await run("next", "--vkey", VKEY, "--save-previous", "last")
      assert.match(abandoned.said, /which was abandoned: entry 0 says why/)
      assert.equal(abandoned.code, 1)
    }
    for (const first of [
      { type: "log.rotated" },
      { type: "log.rotated", data: {} },
      { type: "agent.entered" },
    ]) {
      await begin(join(home, "next"), first)
      assert.doesNotMatch((await run("next", "--vkey", VKEY)).said, /It follows/)
    }
  })

  it("tells a terminal how far it has come, and leaves nothing of it behind", async () => {
    await writerOf(log)(10_300)
    let told = ""
    const stderr = { write: (text: string) => (told += text), isTTY: true }
    assert.equal((await run(log, "--vkey", VKEY, { stderr })).code, 0)
    assert.equal(told, "\r\u001b[2K10000 entries verified\r\u001b[2K")
  })

  it("tells what it takes, and refuses what it does not", async () => {
    assert.match((await run("--help")).said, /^usage: tabard audit verify/)
    assert.equal((await run("a", "b")).code, 2)
    assert.equal((await run("--unknown")).code, 2)
  })

  function verify(...args: readonly string[]): Promise<{ code: number; said: string }> {
    return run(log, "--vkey", VKEY, ...args)
  }

  async function run(
    ...args: readonly (string | { readonly stderr: Screen })[]
  ): Promise<{ code: number; said: string }> {
    let said = ""
    const screen = { write: (text: string) => (said += text) }
    const typed = args.filter((arg) => typeof arg === "string")
    const told = args.find((arg) => typeof arg !== "string")
    const code = await main(["audit", "verify", ...typed], {
      stdout: screen,
      stderr: told?.stderr ?? screen,
      cwd: home,
      home,
      host: "test",
      env: {},
      clock: systemClock,
      signal: AbortSignal.timeout(240_000),
    })
    return { code, said }
  }
})

/** Answers what adds so many entries to a log in this directory, and answers its checkpoint. */
function writerOf(directory: string, word = "entry"): (count: number) => Promise<Uint8Array> {
  const tiles = fileTileStore(directory)
  let head = emptyLog(sha256)
  return async (count) => {
    const entries = Array.from({ length: count }, (_, place) => Buffer.from(`${word} ${head.size + place}`))
    head = await integrate({ tiles, sha256 }, head, entries)
    return await publish({ tiles, sha256, signer: SIGNER }, head)
  }
}

/** Begins a log anew with one event. */
async function begin(directory: string, event: unknown): Promise<void> {
  await rm(directory, { recursive: true, force: true })
  const tiles = fileTileStore(directory)
  const head = await integrate({ tiles, sha256 }, emptyLog(sha256), [Buffer.from(JSON.stringify(event))])
  await publish({ tiles, sha256, signer: SIGNER }, head)
}

/** Puts the witness's line under a checkpoint of a log. */
async function cosign(directory: string, note: Uint8Array): Promise<void> {
  const { text, signatures } = parseNote(note)
  const time = 1_700_000_000
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  const signature = await WITNESS_SIGNER.sign(Buffer.from(`cosignature/v1\ntime ${time}\n${text}`))
  const line = { name: WITNESS.name, keyId: WITNESS.id, bytes: Buffer.concat([stamp, signature]) }
  await writeFile(join(directory, "checkpoint"), formatNote({ text, signatures: [...signatures, line] }))
}

/** Serves the files of a log to whoever has the token. */
async function serving(directory: string): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(({ url = "", headers }, response) => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end()
    readFile(join(directory, url.slice("/log/".length))).then(
      (bytes) => response.writeHead(200).end(bytes),
      () => response.writeHead(404).end(),
    )
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = Object(server.address())
  return {
    url: `http://127.0.0.1:${port}/log`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}
