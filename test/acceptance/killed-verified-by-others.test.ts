import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, it } from "node:test"
import { pathToFileURL } from "node:url"
import { assertNothingIsMissing, Publisher } from "../../packages/server/src/record/fixtures/publisher.ts"
import { lacksTools, requireTool } from "../world/outside-tool.ts"
import { temporaryDirectory } from "../world/tabard-process.ts"

const KILLS = 12
const RUN = { encoding: "utf8", timeout: 240_000 } as const

describe("a log whose publisher was killed again and again", {
  skip: lacksTools("verify-log", "fsck"),
}, () => {
  it("is whole to software that others wrote, and to ours", async () => {
    await using stack = new AsyncDisposableStack()
    const folder = stack.use(await temporaryDirectory())
    const place = { store: join(folder.path, "tabard.db"), log: join(folder.path, "log") }
    const answered: string[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      const publisher = stack.use(new Publisher(place))
      const [answers, entries] = [Math.random() * 40, Math.random() < 0.5 ? 0 : 1]
      await publisher.until(({ answered: all, gained }) => all.length > answers && gained >= entries)
      answered.push(...(await publisher.kill()).answered)
    }
    const last = stack.use(new Publisher(place, { writers: 0 }))
    await last.until(({ idle }) => idle)
    await last.kill()
    const size = await assertNothingIsMissing(place, { answered, seen: [] })
    assert.ok(size >= KILLS)

    const directory = join(place.log, "default")
    const vkey = join(directory, "vkey")
    const key = (await readFile(vkey, "utf8")).trim()
    const sumdb = spawnSync(requireTool("verify-log"), ["-log", directory, "-vkey", key, "-index", "0"], RUN)
    assert.equal(sumdb.status, 0, sumdb.stderr)
    assert.match(sumdb.stdout, new RegExp(`verified: .*, ${size} entries`))
    const files = `--storage_url=${pathToFileURL(directory).href}/`
    const fsck = spawnSync(requireTool("fsck"), ["--ui=false", "--N=4", files, `--public_key=${vkey}`], RUN)
    assert.match(fsck.stderr, new RegExp(`Successfully fsck'd log with size ${size}`))
  })
})
