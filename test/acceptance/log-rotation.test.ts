import assert from "node:assert/strict"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { parseVerifierKey, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { until } from "../world/until.ts"

describe("a new log that an administrator asks for", () => {
  let tabard: RunningTabard
  let ann: SignedInPerson
  before(async () => {
    tabard = await runTabard()
    ann = await signInFirst(tabard.server, "Ann")
  })
  after(() => tabard[Symbol.asyncDispose]())

  it("follows soon under a key of its own, and begins with the last checkpoint of the old one", async () => {
    const before = await ann.api.getLog({})
    assert.deepEqual([before.generation, before.base], [1, 0])
    await ann.api.rotateLog({ reason: "the key's year is over" })
    const log = await rotated()
    assert.notEqual(log.verifierKey, before.verifierKey)
    assert.equal(log.origin, before.origin.replace(/1$/, "2"))

    const { items } = await ann.api.listLogs({})
    assert.deepEqual(
      items.map(({ number, base }) => [number, base]),
      [
        [2, log.base],
        [1, 0],
      ],
    )
    const old = await entriesOf("default", before.verifierKey)
    const [first = "", ...others] = await entriesOf("default.2", log.verifierKey)
    assert.equal(old.length, log.base)
    assert.equal(JSON.parse(first).data.checkpoint, items[1]?.lastCheckpoint)
    // It goes on meanwhile.
    const published = 1 + others.length + log.base
    assert.ok(log.published <= published)
    await until(async () => (await ann.api.getLog({})).published >= published)
    const older = await ann.api.listLogs({
      limit: 1,
      after: (await ann.api.listLogs({ limit: 1 })).next ?? "",
    })
    assert.deepEqual(
      older.items.map(({ number }) => number),
      [1],
    )
  })

  it("leaves every event provable in the log that holds it", async () => {
    for (const type of ["session.started", "log.rotated"]) {
      const { origin } = await until(async () => {
        const [one] = (await ann.api.listEvents({ type })).items.toReversed()
        const proven = one && (await ann.api.getEventProof({ id: one.id }))
        return proven?.proof ? proven : false
      })
      assert.match(origin, type === "log.rotated" ? /\/2$/ : /\/1$/)
    }
  })

  /** The log once the second is published. */
  async function rotated(): Promise<Awaited<ReturnType<SignedInPerson["api"]["getLog"]>>> {
    return until(async () => {
      const log = await ann.api.getLog({})
      return log.generation === 2 && log.checkpoint !== null && log.published === log.sequenced && log
    })
  }

  /** What a log holds, once its checkpoint stands beside its tiles: the store knows of it a moment before. */
  async function entriesOf(folder: string, verifierKey: string): Promise<readonly string[]> {
    const tiles = fileTileStore(join(tabard.server.data, "log", folder))
    const key = parseVerifierKey(sha256, verifierKey)
    return until(async () => {
      const entries: string[] = []
      const onEntry = (_: number, entry: Uint8Array): void =>
        void entries.push(new TextDecoder().decode(entry))
      const verification = await verifyLog({ tiles, sha256, verifySignature }, { key, onEntry })
      return verification.ok && entries
    })
  }
})
