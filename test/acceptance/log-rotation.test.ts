import assert from "node:assert/strict"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as passes } from "node:timers/promises"
import { parseVerifierKey, verifyLog } from "@tabard/log"
import { fileTileStore } from "@tabard/log/files"
import { sha256, verifySignature } from "@tabard/log/node"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

describe("a new log that an administrator asks for", () => {
  let tabard: RunningTabard
  let ann: SignedInPerson
  before(async () => {
    tabard = await runTabard()
    ann = await signInFirst(tabard.server, "Ann")
  })
  after(() => tabard[Symbol.asyncDispose]())

  it("follows within seconds under a key of its own, and begins with the last checkpoint of the old one", async () => {
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
    assert.equal(1 + others.length, log.published - log.base)
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
      const { items } = await ann.api.listEvents({ type })
      const [one] = items.toReversed()
      const { origin, index, proof } = await ann.api.getEventProof({ id: one?.id ?? "" })
      assert.ok(proof, `${type} at ${index} of ${origin}`)
      assert.match(origin, type === "log.rotated" ? /\/2$/ : /\/1$/)
    }
  })

  /** The log once the second is published. */
  async function rotated(): Promise<Awaited<ReturnType<SignedInPerson["api"]["getLog"]>>> {
    for (let tries = 0; tries < 100; tries++) {
      const log = await ann.api.getLog({})
      if (log.generation === 2 && log.checkpoint && log.published === log.sequenced) return log
      await passes(100)
    }
    return assert.fail("no new log began")
  }

  async function entriesOf(folder: string, verifierKey: string): Promise<readonly string[]> {
    const entries: string[] = []
    const onEntry = (_: number, entry: Uint8Array): void => void entries.push(new TextDecoder().decode(entry))
    const tiles = fileTileStore(join(tabard.server.data, "log", folder))
    const key = parseVerifierKey(sha256, verifierKey)
    const verification = await verifyLog({ tiles, sha256, verifySignature }, { key, onEntry })
    assert.ok(verification.ok, JSON.stringify(verification))
    return entries
  }
})
