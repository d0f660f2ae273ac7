import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { type PostgresCluster, postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { assertNothingIsMissing, Publisher, tilesOf } from "./fixtures/publisher.ts"

describe("two processes over one PostgreSQL", { skip: postgresMissing() }, () => {
  let cluster: PostgresCluster
  let directory: string
  before(async () => {
    cluster = await startPostgresCluster()
    directory = await mkdtemp(join(tmpdir(), "tabard-replicas-"))
  })
  after(async () => {
    await cluster[Symbol.asyncDispose]()
    await rm(directory, { recursive: true, force: true })
  })

  it("have one of them publish what both answer for, and the other take over when it dies", async () => {
    const place = { store: await cluster.createDatabase(), log: join(directory, "log") }
    await using first = new Publisher(place)
    await first.until(({ gained }) => gained > 0)
    await using second = new Publisher(place)
    await second.until(({ answered }) => answered.length > 20)
    assert.equal(second.words.gained, 0, "one leads")

    const seen = [(await tilesOf(place).readCheckpoint()) ?? assert.fail("nothing is published")]
    const { answered } = await first.kill()
    await second.until(({ gained }) => gained > 0)

    await second.kill()
    await using last = new Publisher(place, { writers: 0 })
    await last.until(({ idle }) => idle)
    await last.kill()
    await assertNothingIsMissing(place, { answered: [...answered, ...second.words.answered], seen })
  })
})
