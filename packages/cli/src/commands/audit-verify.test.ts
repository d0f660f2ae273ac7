import assert from "node:assert/strict"
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, it } from "node:test"
import { systemClock } from "@tabard/core"
import { emptyLog, formatVerifierKey, integrate, publish } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256 } from "@tabard/log/node"
import { main } from "../main.ts"

const SIGNER = ed25519Signer("example.test/log", new Uint8Array(32).fill(1))
const VKEY = formatVerifierKey(SIGNER.key)

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

  async function verify(...args: readonly string[]): Promise<{ code: number; said: string }> {
    let said = ""
    const screen = { write: (text: string) => (said += text) }
    const code = await main(["audit", "verify", log, "--vkey", VKEY, ...args], {
      stdout: screen,
      stderr: screen,
      cwd: home,
      home,
      host: "test",
      env: {},
      clock: systemClock,
      signal: AbortSignal.timeout(30_000),
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
