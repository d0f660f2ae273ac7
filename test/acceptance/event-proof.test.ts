import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import type { EventProofView } from "@tabard/api"
import { hashLeaf, openCheckpoint, parseVerifierKey, verifyInclusion } from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import { replaceFile } from "../world/replace-file.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

describe("what proves an event", () => {
  let tabard: RunningTabard
  let ann: SignedInPerson

  before(async () => {
    tabard = await runTabard()
    ann = await signInFirst(tabard.server, "Ann")
    for (const name of ["Notes helper", "Invoice bot", "Mail sorter"]) await ann.api.enterAgent({ name })
  })
  after(() => tabard[Symbol.asyncDispose]())

  it("is its exact bytes and a way to a checkpoint that the log's key has signed", async () => {
    await published(tabard)
    const { items } = await ann.api.listEvents({})
    assert.ok(items.length >= 4)
    for (const event of items) {
      const proof = await ann.api.getEventProof({ id: event.id })
      assert.equal(proof.published, true)
      assert.equal(proof.index, event.index)
      assert.deepEqual(JSON.parse(Buffer.from(proof.entry, "base64").toString()), event.body)
      assert.equal(await holds(proof), true, event.type)
    }
  })

  it("says that an event still waits", async () => {
    const before = await ann.api.getLog({})
    const agent = await ann.api.enterAgent({ name: "Late one" })
    const [event] = (await ann.api.listEvents({ agent: agent.id, limit: 1 })).items
    const id = event?.id ?? assert.fail("nothing was recorded")
    const proof = await ann.api.getEventProof({ id })
    if (!proof.published) assert.deepEqual([proof.proof, proof.checkpoint], [null, null])
    await published(tabard)
    const later = await ann.api.getEventProof({ id })
    assert.ok((later.index ?? -1) >= before.published)
    assert.equal(await holds(later), true)
  })

  it("tells one event as the list does, and none that is not there", async () => {
    await published(tabard)
    const [event] = (await ann.api.listEvents({ limit: 1 })).items
    const { names, ...told } = await ann.api.getEvent({
      id: event?.id ?? assert.fail("nothing was recorded"),
    })
    assert.deepEqual(told, event)
    assert.deepEqual(Object.values(names), ["Late one"])
    for (const id of ["evt_none", "agt_1", "x"]) {
      await assert.rejects(ann.api.getEvent({ id }), { code: "event_not_found" })
      await assert.rejects(ann.api.getEventProof({ id }), { code: "event_not_found" })
    }
  })

  it("does not hold where a tile on the disk was changed", async () => {
    await published(tabard)
    const { items } = await ann.api.listEvents({})
    const event = items.find(({ index }) => index === 0) ?? assert.fail("no first event")
    const { checkpoint } = await ann.api.getEventProof({ id: event.id })
    const size = Number(checkpoint?.split("\n")[1])
    const path = join(tabard.data, "log", "default", `tile/0/000.p/${size}`)
    const tile = await readFile(path)
    await replaceFile(path, tile.with(32, (tile[32] ?? 0) ^ 1))
    assert.equal(await holds(await ann.api.getEventProof({ id: event.id })), false)
    await replaceFile(path, tile)
    assert.equal(await holds(await ann.api.getEventProof({ id: event.id })), true)
  })
})

async function published({ server }: RunningTabard): Promise<void> {
  while ((await server.publish()) > 0);
}

async function holds({ entry, proof, checkpoint, verifierKey }: EventProofView): Promise<boolean> {
  const [head = ""] = (proof ?? assert.fail("no proof")).split("\n\n")
  const [, said = "", ...way] = head.split("\n")
  const key = parseVerifierKey(sha256, verifierKey)
  const opened = await openCheckpoint(verifySignature, new TextEncoder().encode(checkpoint ?? ""), key)
  const leaf = hashLeaf(sha256, new Uint8Array(Buffer.from(entry, "base64")))
  const inclusion = { index: Number(said.slice("index ".length)), leaf, head: opened }
  return verifyInclusion(
    sha256,
    inclusion,
    way.map((hash) => new Uint8Array(Buffer.from(hash, "base64"))),
  )
}
