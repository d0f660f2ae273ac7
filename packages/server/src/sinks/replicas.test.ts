import assert from "node:assert/strict"
import { after, before, describe, it } from "node:test"
import {
  openTemporaryPostgres,
  type PostgresCluster,
  postgresMissing,
  startPostgresCluster,
  type TemporaryPostgres,
} from "@tabard/store/testing"
import { openExportWorld } from "./testing/export-world.ts"

describe("several replicas over PostgreSQL", { skip: postgresMissing() }, () => {
  let cluster: PostgresCluster
  let opened: TemporaryPostgres
  before(async () => {
    cluster = await startPostgresCluster()
    opened = await openTemporaryPostgres(cluster)
  })
  after(async () => {
    await opened[Symbol.asyncDispose]()
    await cluster[Symbol.asyncDispose]()
  })

  it("carry each entry once, whichever of them is quicker, and another goes on where one ends", async () => {
    await using world = await openExportWorld(opened.store)
    const folder = { directory: "siem", rotateBytes: 64 * 1024 ** 2 }
    await world.sink("jsonl", folder, { checkpoints: false })
    const [one, two] = [world.replica(), world.replica()]
    for (let round = 0; round < 4; round++) {
      await world.happen(60)
      await world.publish()
      await Promise.all([world.carry(one), world.carry(two)])
    }
    // Whichever leads gives its lease back as it ends.
    await one[Symbol.asyncDispose]()
    await world.happen(10)
    await world.publish()
    // It asks for the lease again within seconds, and not at each look.
    world.clock.advance(3000)
    await world.carry(two)
    const places = (await world.lines("siem")).flatMap(({ log }) => log?.place ?? [])
    assert.deepEqual(
      places,
      Array.from({ length: 251 }, (_, place) => place),
    )
    assert.deepEqual(world.faults, [])
  })
})
