import assert from "node:assert/strict"
import { type SpawnSyncReturns, spawnSync } from "node:child_process"
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { pathToFileURL } from "node:url"
import {
  askWitness,
  emptyLog,
  formatVerifierKey,
  integrate,
  parseVerifierKey,
  proveConsistency,
  publish,
  tileHashReader,
  type WitnessAnswer,
  type WitnessReply,
} from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { startLiteWitness } from "../world/lite-witness.ts"
import { lacksTools, requireTool } from "../world/outside-tool.ts"

const SIZE = 70_000
const KEPT = 1234
const RUN = { encoding: "utf8", timeout: 240_000 } as const
const signer = ed25519Signer("audit.tabard.example/shop/1", new Uint8Array(32).fill(7))
const vkey = formatVerifierKey(signer.key)

/** A log of ours on the disk, with a checkpoint that somebody kept of its first entries. */
interface OurLog {
  readonly directory: string
  readonly kept: string
}

async function makeLog(root: string, { size = SIZE, bent = false } = {}): Promise<OurLog> {
  await mkdir(root, { recursive: true })
  const [directory, kept] = [join(root, "log"), join(root, "kept")]
  const deps = { tiles: fileTileStore(directory), sha256, signer }
  const entries = Array.from({ length: size }, (_, index) => new TextEncoder().encode(`{"call":${index}}`))
  if (bent) entries[51_200] = new TextEncoder().encode("{}")

  const first = await integrate(deps, emptyLog(sha256), entries.slice(0, KEPT))
  await writeFile(kept, await publish(deps, first))
  await publish(deps, await integrate(deps, first, entries.slice(KEPT)))
  await writeFile(join(root, "vkey"), `${vkey}\n`)
  return { directory, kept }
}

/** Flips one bit of a file of the log. */
async function flipBit(path: string, offset: number): Promise<void> {
  const bytes = await readFile(path)
  bytes[offset] = (bytes[offset] ?? 0) ^ 1
  await chmod(path, 0o600)
  await writeFile(path, bytes)
}

describe("our log of 70,000 entries, held against software that others wrote", () => {
  let root: string
  let whole: OurLog
  let bent: OurLog

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "tabard-others-"))
    whole = await makeLog(root)
    bent = { ...whole, directory: join(root, "bent") }
    await cp(whole.directory, bent.directory, { recursive: true })
    // A letter of entry 51,200: the first of its bundle, behind its length in two bytes.
    await flipBit(join(bent.directory, "tile/entries/200"), 4)
  })
  after(() => rm(root, { recursive: true, force: true }))

  describe("golang.org/x/mod/sumdb", { skip: lacksTools("verify-log") }, () => {
    const verify = ({ directory, kept }: OurLog): SpawnSyncReturns<string> =>
      spawnSync(
        requireTool("verify-log"),
        ["-log", directory, "-vkey", vkey, "-kept", kept, "-index", "51200"],
        RUN,
      )

    it("accepts the signature, every entry, an inclusion, and the growth from a kept checkpoint", () => {
      const { stdout, stderr, status } = verify(whole)
      assert.equal(status, 0, stderr)
      assert.match(stdout, /verified: audit\.tabard\.example\/shop\/1, 70000 entries/)
      assert.match(stdout, /begins with the 1234 entries of the kept checkpoint/)
      assert.match(stdout, /entry 51200 is included/)
    })

    it("names the entry of which one bit was flipped", () => {
      const { stderr, status } = verify(bent)
      assert.equal(status, 1)
      assert.match(stderr, /entry 51200 is not what was signed/)
    })

    it("refuses a kept checkpoint of another history", async () => {
      const other = join(root, "other")
      const deps = { tiles: fileTileStore(other), sha256, signer }
      const head = await integrate(deps, emptyLog(sha256), [new TextEncoder().encode("another history")])
      await publish(deps, head)
      const { status } = verify({ ...whole, kept: join(other, "checkpoint") })
      assert.equal(status, 1)
    })
  })

  describe("Tessera's fsck", { skip: lacksTools("fsck") }, () => {
    const fsck = ({ directory }: OurLog): SpawnSyncReturns<string> =>
      spawnSync(
        requireTool("fsck"),
        [
          "--ui=false",
          // With a single worker it finds a fault as well, but never ends.
          "--N=4",
          `--storage_url=${pathToFileURL(directory).href}/`,
          `--public_key=${join(root, "vkey")}`,
        ],
        RUN,
      )

    // Its exit status is 0 either way; what it says is what counts.
    it("accepts every tile and every entry", () => {
      assert.match(fsck(whole).stderr, /Successfully fsck'd log with size 70000/)
    })

    it("finds one flipped bit", () => {
      const { stderr } = fsck(bent)
      assert.match(stderr, /fsck failed/)
      assert.doesNotMatch(stderr, /Successfully/)
    })
  })

  describe("litewitness", { skip: lacksTools("litewitness", "witnessctl") }, () => {
    it("cosigns our checkpoints as the log grows, and refuses a history that was written anew", async () => {
      await using witness = await startLiteWitness("witness.example/lite", vkey)
      const ask = (note: Uint8Array, { directory }: OurLog, old: number): Promise<WitnessAnswer> =>
        askWitness(
          {
            post: postTo,
            verify: verifySignature,
            now: () => new Date(),
            prove: (from, to) => {
              const tiles = fileTileStore(directory)
              return proveConsistency({ sha256, read: tileHashReader({ tiles, sha256 }, to) }, from, to)
            },
          },
          { witness: { url: witness.url, key: parseVerifierKey(sha256, witness.verifierKey) }, note, old },
        )

      assert.equal((await ask(await readFile(whole.kept), whole, 0)).kind, "cosigned")
      const newest = await readFile(join(whole.directory, "checkpoint"))
      // It is not known here that the witness has seen 1,234 entries: it says so, and is asked from there.
      assert.equal((await ask(newest, whole, 0)).kind, "cosigned")
      assert.equal((await ask(newest, whole, SIZE)).kind, "cosigned", "also once more at the same size")
      assert.deepEqual(await ask(await readFile(whole.kept), whole, KEPT), { kind: "ahead", size: SIZE })

      for (const size of [SIZE, SIZE + 5]) {
        const anew = await makeLog(join(root, `anew-${size}`), { size, bent: true })
        const note = await readFile(join(anew.directory, "checkpoint"))
        assert.equal((await ask(note, anew, SIZE)).kind, "split-view")
      }
    })

    it("says that it does not know a log that nobody told it of", async () => {
      const other = ed25519Signer("audit.tabard.example/other/1", new Uint8Array(32).fill(9))
      await using witness = await startLiteWitness("witness.example/lite", formatVerifierKey(other.key))
      const key = parseVerifierKey(sha256, witness.verifierKey)
      const answer = await askWitness(
        { post: postTo, verify: verifySignature, now: () => new Date(), prove: async () => [] },
        { witness: { url: witness.url, key }, note: await readFile(whole.kept), old: 0 },
      )
      assert.equal(answer.kind, "unknown-log")
    })
  })
})

async function postTo(url: string, body: Uint8Array): Promise<WitnessReply> {
  const answer = await fetch(url, { method: "POST", body: Buffer.from(body), redirect: "manual" })
  const contentType = answer.headers.get("content-type") ?? ""
  return { status: answer.status, contentType, body: new Uint8Array(await answer.arrayBuffer()) }
}
