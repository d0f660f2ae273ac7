import assert from "node:assert/strict"
import { mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { after, before, describe, it } from "node:test"
import { newId, type Organisation, systemClock } from "@tabard/core"
import type { StoreProblemCode } from "../store-problem.ts"
import { StoreProblem } from "../store-problem.ts"
import { openSqlite } from "./open-sqlite.ts"

describe("opening a SQLite store", () => {
  let directory: string
  let files = 0
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "tabard-open-"))
  })
  after(() => rm(directory, { recursive: true, force: true }))
  const newPath = () => join(directory, `${++files}`, "tabard.db")

  it("makes directory, file and lock for this user alone", async () => {
    const path = newPath()
    await using _ = await openSqlite({ path })
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.equal((await stat(`${path}-lock`)).mode & 0o777, 0o600)
    assert.equal((await stat(join(path, ".."))).mode & 0o777, 0o700)
  })

  it("finds what was kept before it was closed", async () => {
    const path = newPath()
    const made = await withStore(path, (store) => store.ensureOrganisation("default", organisation))
    const found = await withStore(path, (store) => store.organisations())
    assert.deepEqual(found, [made])
  })

  it("is refused while somebody else has the file, by whatever name, and possible again afterwards", async () => {
    const path = newPath()
    const store = await openSqlite({ path })
    await refused(path, "in_use", /in use by another process.*Stop that one first/)
    await refused(join(path, "..", "..", `${files}`, "tabard.db"), "in_use", /in use/)
    await store.ping()
    await store[Symbol.asyncDispose]()
    await withStore(path, (again) => again.ping())
  })

  it("is refused where the directory takes no files, in one sentence with the path", async () => {
    const file = join(directory, "a-file")
    await writeFile(file, "")
    await refused(join(file, "tabard.db"), "unwritable", /a-file.*cannot be opened for writing/)
  })

  it("is refused where the file is no database, and leaves it as it was", async () => {
    const path = join(directory, "text.db")
    await writeFile(path, "this is no database, and was never one. ".repeat(100))
    const text = await readFile(path)
    await refused(path, "damaged", /text\.db is damaged.*put a backup in its place/)
    assert.deepEqual(await readFile(path), text)
  })

  it("is refused where a page does not read as it was written", async () => {
    const path = newPath()
    await withStore(path, async (store) => {
      for (let n = 0; n < 50; n++) await store.ensureOrganisation(`org-${n}`, () => organisation(`org-${n}`))
    })
    const file = await open(path, "r+")
    await file.write(new Uint8Array(4096).fill(0xa5), 0, 4096, 4096)
    await file.close()
    await refused(path, "damaged", /damaged/)
  })

  it("leaves another program's database alone", async () => {
    const path = join(directory, "other.db")
    const other = new DatabaseSync(path)
    other.exec("create table song (title text)")
    other.close()
    await refused(path, "not_a_store", /belongs to another program/)
  })

  it("is refused where the schema asks for a newer program, and told what to do", async () => {
    const path = newPath()
    await withStore(path, (store) => store.ping())
    addStep(path, { version: 1_000, minimumProgram: 999 })
    await refused(path, "newer_schema", /newer than this program.*Install a newer version/)
  })

  it("works on a newer schema that says this program may", async () => {
    const path = newPath()
    await withStore(path, (store) => store.ping())
    addStep(path, { version: 1_000, minimumProgram: 1 })
    await withStore(path, (store) => store.ping())
  })

  it("waits at its close for what was accepted, and takes nothing afterwards", async () => {
    const path = newPath()
    const store = await openSqlite({ path })
    const { id } = await store.ensureOrganisation("default", organisation)
    const bumps = Array.from({ length: 20 }, () =>
      store.shelf(id).transact((tx) => tx.organisation.bumpVersion()),
    )
    await store[Symbol.asyncDispose]()
    assert.equal(Math.max(...(await Promise.all(bumps))), 20)
    await assert.rejects(store.ping(), isProblem("closed"))
    await assert.rejects(store.organisations(), isProblem("closed"))
    const version = await withStore(path, (again) =>
      again.shelf(id).snapshot((tx) => tx.organisation.version()),
    )
    assert.equal(version, 20)
  })
})

async function withStore<Result>(
  path: string,
  use: (store: Awaited<ReturnType<typeof openSqlite>>) => Promise<Result>,
): Promise<Result> {
  await using store = await openSqlite({ path })
  return await use(store)
}

async function refused(path: string, code: StoreProblemCode, words: RegExp): Promise<void> {
  await assert.rejects(openSqlite({ path }), (error) => {
    assert.ok(error instanceof StoreProblem)
    assert.equal(error.code, code)
    assert.match(error.message, words)
    return true
  })
}

function isProblem(code: StoreProblemCode): (error: unknown) => boolean {
  return (error) => error instanceof StoreProblem && error.code === code
}

function organisation(slug = "default"): Organisation {
  return { id: newId("organisation", systemClock), slug, name: slug, trustDomain: `${slug}.test` }
}

function addStep(path: string, step: { version: number; minimumProgram: number }): void {
  const database = new DatabaseSync(path)
  database
    .prepare("insert into schema_migration (version, minimum_program, applied_at) values (?, ?, 0)")
    .run(step.version, step.minimumProgram)
  database.close()
}
