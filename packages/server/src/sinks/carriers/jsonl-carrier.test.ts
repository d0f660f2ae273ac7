import assert from "node:assert/strict"
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { diskResult } from "./disk-result.ts"
import { jsonlCarrier } from "./jsonl-carrier.ts"
import { carry, items, TAKEN } from "./testing/carried.ts"

const FIRST = "record-0000000000000000.jsonl"

describe("carrying to files of JSON lines", () => {
  it("puts each body on a line of its own, in order, in a file that is its owner's alone", async () => {
    await using place = await folder()
    await using carrier = carrierTo(place)
    assert.deepEqual(await carry(carrier, items(3)), TAKEN)
    assert.deepEqual(await carry(carrier, items(2, 3)), TAKEN)
    assert.deepEqual(await places(place, FIRST), [0, 1, 2, 3, 4])
    assert.equal((await stat(join(place.path, "siem", FIRST))).mode & 0o777, 0o600)
    assert.equal((await stat(join(place.path, "siem"))).mode & 0o777, 0o700)
  })

  it("begins another file where one has its size, named by the place of its first entry", async () => {
    await using place = await folder()
    await using carrier = carrierTo(place, 4096)
    for (let at = 0; at < 400; at += 50) await carry(carrier, items(50, at))
    const files = (await readdir(join(place.path, "siem"))).toSorted()
    assert.ok(files.length > 2)
    const firsts = await Promise.all(files.map(async (name) => (await places(place, name))[0]))
    assert.deepEqual(
      files.map((name) => Number(/\d+/.exec(name)?.[0])),
      firsts,
    )
    const all = (await Promise.all(files.map((name) => places(place, name)))).flat()
    assert.deepEqual(
      all,
      items(400).map((one) => one.place),
    )
  })

  it("goes on in the last file after a start, and takes away the line that a crash tore", async () => {
    await using place = await folder()
    {
      await using before = carrierTo(place)
      await carry(before, items(3))
    }
    await appendFile(join(place.path, "siem", FIRST), `{"torn":"${"x".repeat(200_000)}`)
    await using carrier = carrierTo(place)
    assert.deepEqual(await carry(carrier, items(2, 3)), TAKEN)
    assert.deepEqual(await places(place, FIRST), [0, 1, 2, 3, 4])
  })

  it("empties a file of which no line is whole", async () => {
    await using place = await folder()
    await mkdir(join(place.path, "siem"))
    await appendFile(join(place.path, "siem", FIRST), '{"v":1,')
    await using carrier = carrierTo(place)
    await carry(carrier, items(1))
    assert.deepEqual(await places(place, FIRST), [0])
  })

  it("leaves the files of others alone", async () => {
    await using place = await folder()
    await mkdir(join(place.path, "siem"))
    await appendFile(join(place.path, "siem", "zz.jsonl"), "no line")
    await using carrier = carrierTo(place)
    await carry(carrier, items(1))
    assert.equal(await readFile(join(place.path, "siem", "zz.jsonl"), "utf8"), "no line")
  })

  it("goes on in a file of that name where others have moved the one that was open", async () => {
    await using place = await folder()
    await using carrier = carrierTo(place)
    await carry(carrier, items(2))
    await rename(join(place.path, "siem", FIRST), join(place.path, "siem", "moved"))
    assert.deepEqual(await carry(carrier, items(2, 2)), TAKEN)
    assert.deepEqual(await places(place, "record-0000000000000002.jsonl"), [2, 3])
  })

  it("does not follow a link", async () => {
    await using place = await folder()
    await mkdir(join(place.path, "siem"))
    await symlink("/dev/null", join(place.path, "siem", FIRST))
    await using carrier = carrierTo(place)
    assert.equal((await carry(carrier, items(1))).kind, "held")
  })

  it("is held where a file lies in its way, and goes on once it is gone", async () => {
    await using place = await folder()
    await appendFile(join(place.path, "siem"), "")
    await using carrier = carrierTo(place)
    const held = await carry(carrier, items(1))
    assert.equal(held.kind, "held")
    assert.ok(!JSON.stringify(held).includes(place.path))
    await rm(join(place.path, "siem"))
    assert.deepEqual(await carry(carrier, items(1)), TAKEN)
  })

  it("comes again later where the disk is full", async () => {
    const full = await appendFile("/dev/full", "line\n").catch((error: unknown) => error)
    assert.deepEqual(diskResult(full), { kind: "later", reason: "the disk is full", afterMs: null })
  })
})

interface Folder extends AsyncDisposable {
  readonly path: string
}

async function folder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "tabard-jsonl-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function carrierTo({ path }: Folder, rotateBytes = 1024 ** 2): ReturnType<typeof jsonlCarrier> {
  return jsonlCarrier({ directory: "siem", rotateBytes }, { exportFolder: path })
}

async function places({ path }: Folder, name: string): Promise<readonly number[]> {
  const text = await readFile(join(path, "siem", name), "utf8")
  assert.ok(text.endsWith("\n"))
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).place)
}
