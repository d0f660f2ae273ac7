import assert from "node:assert/strict"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { assertNothingIsMissing, Publisher, type PublisherPlace, tilesOf } from "./fixtures/publisher.ts"

/** How often it is killed; as often as the time allows on a machine that is busy. More by the environment. */
const KILLS = Number(process.env["KILLS"] ?? 240)
const AT_ONCE = 3
const LONGEST_MS = KILLS <= 240 ? 180_000 : Infinity

/** As many steps as two rounds have: places, tiles, head, checkpoint, its file. */
const STEPS = 36

describe("a process that is killed while it answers and publishes", () => {
  it("leaves behind a log that holds all that it answered for, however often it is killed", async (test) => {
    const until = performance.now() + LONGEST_MS
    let left = KILLS
    const dying = Array.from({ length: AT_ONCE }, () =>
      inDirectory(async (place) => {
        const [answered, seen]: [string[], Uint8Array[]] = [[], []]
        while (left-- > 0 && performance.now() < until) {
          await using publisher = new Publisher(place)
          const [answers, entries] = [Math.random() * 40, Math.random() < 0.5 ? 0 : 1]
          await publisher.until(({ answered: all, gained }) => all.length > answers && gained >= entries)
          answered.push(...(await publisher.kill()).answered)
          seen.push(...(await published(place)))
        }
        await goOn(place, { answered, seen })
        return seen.length
      }),
    )
    const checkpoints = (await Promise.all(dying)).reduce((sum, one) => sum + one, 0)
    test.diagnostic(`${KILLS - Math.max(left, 0)} kills, ${checkpoints} with a checkpoint before them`)
    assert.ok(checkpoints > 0)
  })

  it("leaves behind the same where it dies at each durable step in turn", async () => {
    const steps = Array.from({ length: STEPS }, (_, step) => step + 1)
    const dying = Array.from({ length: AT_ONCE }, () =>
      inDirectory(async (place) => {
        const [answered, seen]: [string[], Uint8Array[]] = [[], []]
        for (let dieAt = steps.shift(); dieAt; dieAt = steps.shift()) {
          await using publisher = new Publisher(place, { dieAt })
          answered.push(...(await publisher.end()).answered)
          seen.push(...(await published(place)))
        }
        await goOn(place, { answered, seen })
      }),
    )
    await Promise.all(dying)
  })
})

/** The last process lives until nothing waits, and nothing of any of them is missing. */
async function goOn(
  place: PublisherPlace,
  kept: { readonly answered: readonly string[]; readonly seen: readonly Uint8Array[] },
): Promise<void> {
  await using last = new Publisher(place)
  await last.until(({ gained }) => gained > 0)
  const { answered } = await last.kill()
  const all = { ...kept, answered: [...kept.answered, ...answered] }
  await using settling = new Publisher({ ...place }, { writers: 0 })
  await settling.until(({ idle }) => idle)
  await settling.kill()
  await assertNothingIsMissing(place, all)
}

async function published(place: PublisherPlace): Promise<readonly Uint8Array[]> {
  const note = await tilesOf(place).readCheckpoint()
  return note ? [note] : []
}

async function inDirectory<Result>(work: (place: PublisherPlace) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), "tabard-killed-"))
  try {
    return await work({ store: join(directory, "tabard.db"), log: join(directory, "log") })
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
