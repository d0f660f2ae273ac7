import assert from "node:assert/strict"
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { askKekCommand } from "./kek-command.ts"
import type { KekProgram } from "./key-encryption-config.ts"
import { loadKeyEncryptionKey } from "./key-encryption-key.ts"

const KEY = Buffer.alloc(32, 7)

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "tabard-kek-command-"))
})
after(() => rm(folder, { recursive: true }))

/** What wraps by turning each byte over: it stands for an HSM, and says what it was told. */
const TURNING = `#!${process.execPath}
const { operation, key, wrapped } = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
const turned = Buffer.from(Buffer.from(key ?? wrapped, "base64").map((byte) => byte ^ 255)).toString("base64")
console.log(JSON.stringify(operation === "wrap" ? { wrapped: turned } : { key: turned }))
`

describe("a program that is asked for the key-encryption key", () => {
  it("unwraps what it wrapped", async () => {
    const command = await program("turning", TURNING)
    const wrapped = await askKekCommand(command, "wrap", KEY)
    assert.notDeepEqual(Buffer.from(wrapped), KEY)
    assert.deepEqual(Buffer.from(await askKekCommand(command, "unwrap", wrapped)), KEY)
  })

  it("hears of the key by its input alone, and runs in the environment that it was given", async () => {
    const script = `#!/bin/sh\ncat >/dev/null\necho "$* $(env)" > ${folder}/seen\necho '{"wrapped":"AAAA"}'\n`
    await askKekCommand(await program("seeing", script), "wrap", KEY)
    const seen = await readFile(join(folder, "seen"), "utf8")
    assert.ok(!seen.includes(KEY.toString("base64")) && !seen.includes("HOME="))
  })

  const wrong: readonly [string, string, RegExp][] = [
    ["is not there", "", /cannot be run/],
    ["fails", `#!/bin/sh\necho '{"key":"AAAA"}'\nexit 3\n`, /ended with 3/],
    ["says nothing", "#!/bin/sh\ntrue\n", /answered no key/],
    ["says what is no JSON", "#!/bin/sh\necho hunter2\n", /answered no key/],
    ["says another thing", `#!/bin/sh\necho '{"wrapped":"AAAA"}'\n`, /answered no key/],
    ["says what is no base64", `#!/bin/sh\necho '{"key":"hunter2!"}'\n`, /answered no key/],
    ["says too much", "#!/bin/sh\nhead -c 100000 /dev/zero\n", /answered too much/],
  ]
  for (const [what, script, words] of wrong)
    it(`that ${what} stops the start, and what it said is not repeated`, async () => {
      const command = script
        ? await program(`wrong-${wrong.length}-${what.replaceAll(" ", "-")}`, script)
        : { command: "/none", environment: {} }
      await assert.rejects(askKekCommand(command, "unwrap", KEY), (error: Error) => {
        assert.match(error.message, words)
        assert.ok(!error.message.includes("hunter2"))
        return true
      })
    })
})

describe("a key-encryption key of such a program", () => {
  it("is made once, lies wrapped in its file, and is the same at each start", async () => {
    const source = {
      kind: "command",
      ...(await program("made", TURNING)),
      path: join(folder, "wrapped"),
    } as const
    const first = await loadKeyEncryptionKey(source, true)
    const second = await loadKeyEncryptionKey(source, false)
    assert.equal(first.id, second.id)
    assert.equal((await stat(source.path)).mode & 0o777, 0o600)
    const kept = Buffer.from(await readFile(source.path, "utf8"), "base64")
    const plain = await loadKeyEncryptionKey({ kind: "file", path: source.path, makeIfMissing: false }, false)
    assert.equal(kept.length, 32)
    assert.notEqual(plain.id, first.id, "what lies in the file is not the key")
  })

  it("is not made anew beside data that another one seals", async () => {
    const source = {
      kind: "command",
      ...(await program("lost", TURNING)),
      path: join(folder, "lost-key"),
    } as const
    await assert.rejects(loadKeyEncryptionKey(source, false), /bring back the file/)
  })

  it("stops the start where it has not 32 bytes", async () => {
    const path = join(folder, "short")
    await writeFile(path, "AAAA\n")
    const command = await program("short", `#!/bin/sh\ncat >/dev/null\necho '{"key":"AAAA"}'\n`)
    await assert.rejects(loadKeyEncryptionKey({ kind: "command", ...command, path }, false), /32 bytes/)
  })
})

describe("a second key-encryption key", () => {
  it("opens what it sealed, and seals nothing", async () => {
    const [present, other] = [join(folder, "present"), join(folder, "other")]
    await writeFile(present, `${KEY.toString("base64")}\n`)
    await writeFile(other, `${Buffer.alloc(32, 8).toString("base64")}\n`)
    const file = (path: string) => ({ kind: "file", path, makeIfMissing: false }) as const
    const both = await loadKeyEncryptionKey({ ...file(present), other: file(other) }, false)
    const [alone, before] = [
      await loadKeyEncryptionKey(file(present), false),
      await loadKeyEncryptionKey(file(other), false),
    ]
    assert.equal(both.id, alone.id)
    const sealed = before.seal(Buffer.from("x"), "p")
    assert.equal(Buffer.from(both.under(before.id)?.open(sealed, "p") ?? []).toString(), "x")
    assert.equal(alone.under(before.id), undefined)
    assert.equal(Buffer.from(alone.open(both.seal(Buffer.from("y"), "p"), "p")).toString(), "y")
  })
})

async function program(name: string, text: string): Promise<KekProgram> {
  const path = join(folder, name)
  await writeFile(path, text)
  await chmod(path, 0o755)
  return { command: path, environment: { PATH: process.env["PATH"] } }
}
