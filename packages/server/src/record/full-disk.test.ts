import assert from "node:assert/strict"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { assertNothingIsMissing, fullDiskMissing, Publisher } from "./fixtures/publisher.ts"

describe("a log whose disk is full", { skip: fullDiskMissing() }, () => {
  it("stops with a fault that says so, loses nothing that was answered for, and goes on once there is room", async () => {
    const directory = await mkdtemp(join(tmpdir(), "tabard-full-"))
    try {
      const place = { store: join(directory, "tabard.db"), log: join(directory, "log") }
      await mkdir(place.log)
      await using publisher = new Publisher(place, { writers: 1, onFullDisk: true })
      const { faults } = await publisher.until((words) => words.faults.length > 0)
      assert.match(faults[0] ?? "", /ENOSPC|no space left/)
      const before = publisher.words.answered.length
      await publisher.until(({ answered }) => answered.length > before + 5)

      const waiting = [...publisher.words.answered]
      publisher.makeRoom()
      await publisher.until(({ gained }) => gained >= waiting.length)
      const onItsDisk = { ...place, log: publisher.logOnItsDisk }
      assert.ok((await assertNothingIsMissing(onItsDisk, { answered: waiting, seen: [] })) >= waiting.length)
    } finally {
      await rm(directory, { recursive: true, force: true })
    }
  })
})
