import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { checkPolicy, parsePolicy, parseVerifierKey } from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import { prunedTiles } from "../retention/prune-boundary.ts"
import { ownWitness } from "../testing/own-witness.ts"
import { openWitnessWorld, type WitnessWorld } from "../testing/witness-world.ts"

const MINUTE = 60_000

describe("having the log witnessed", () => {
  it("asks nobody where there is no policy, no entry or no turn", async () => {
    await using world = await openWitnessWorld()
    await world.publish(3)
    assert.deepEqual(await world.ask(), { asked: 0, cosigned: 0 })
    const anna = ownWitness("anna", world.clock)
    await world.settle([anna], "quorum anna")
    assert.deepEqual(await world.ask(), { asked: 1, cosigned: 1 })
    await world.publish(3)
    assert.deepEqual(await world.ask(), { asked: 0, cosigned: 0 })
    world.clock.advance(10_000)
    assert.deepEqual(await world.ask(), { asked: 1, cosigned: 1 })
  })

  it("puts every cosignature under the newest checkpoint, which then satisfies the policy", async () => {
    await using world = await openWitnessWorld()
    const witnesses = ["anna", "berta", "carla5"].map((name) => ownWitness(name, world.clock))
    await world.settle(witnesses, "group two 2 anna berta carla5", "quorum two")
    await world.publish(300)
    await world.ask()
    const kept = await world.snapshot(({ logCheckpoints }) => logCheckpoints.newest())
    assert.deepEqual(kept?.cosignedAt, world.clock.now())
    const seen = await verified(world, kept?.note ?? "")
    assert.deepEqual([seen.cosignatures.length, seen.satisfied], [3, true])
  })

  it("keeps an earlier cosignature in the place of none, and takes a newer one in the place of it", async () => {
    await using world = await openWitnessWorld()
    const [anna, berta] = [ownWitness("anna", world.clock), ownWitness("berta", world.clock)]
    await world.settle([anna, berta], "group both all anna berta", "quorum both")
    await world.publish(5)
    berta.instead = { status: 503 }
    await world.ask()
    assert.equal((await world.snapshot((tx) => tx.logCheckpoints.newest()))?.cosignedAt, null)
    assert.equal(await world.snapshot((tx) => tx.logCheckpoints.newestCosigned()), undefined)

    berta.instead = undefined
    world.clock.advance(31 * MINUTE)
    await world.ask()
    const kept = await world.snapshot((tx) => tx.logCheckpoints.newestCosigned())
    const { cosignatures, quorumTime } = await verified(world, kept?.note ?? "")
    assert.equal(cosignatures.length, 2)
    assert.equal(quorumTime, world.clock.now().getTime() / 1000)
  })

  it("asks a witness that fails less and less often, but within ten minutes, and at its pace once it answers", async () => {
    await using world = await openWitnessWorld()
    const anna = ownWitness("anna", world.clock)
    await world.settle([anna], "quorum anna")
    await world.publish(1)
    anna.instead = { status: 500 }
    const waits: number[] = []
    for (let failure = 0; failure < 9; failure++) {
      await world.ask()
      const [one] = await world.snapshot(({ witnesses }) => witnesses.list(1))
      const wait = (one?.due?.getTime() ?? 0) - world.clock.now().getTime()
      waits.push(wait / 1000)
      world.clock.advance(wait - 1)
      assert.deepEqual(await world.ask(), { asked: 0, cosigned: 0 })
      world.clock.advance(1)
    }
    assert.deepEqual(waits, [10, 20, 40, 80, 160, 320, 600, 600, 600])
    anna.instead = undefined
    await world.ask()
    const [one] = await world.snapshot(({ witnesses }) => witnesses.list(1))
    assert.deepEqual([one?.failures, one?.trouble], [0, null])
  })

  it("tells of a split view in the record, once, and asks that witness no more until the policy is put anew", async () => {
    await using world = await openWitnessWorld()
    const anna = ownWitness("anna", world.clock)
    await world.settle([anna], "quorum anna")
    await world.publish(4)
    await world.ask()
    const seen = anna.seen.get("audit.acme.example/acme/1")
    anna.seen.set("audit.acme.example/acme/1", { ...(seen ?? assert.fail()), root: new Uint8Array(32) })
    world.clock.advance(MINUTE)
    await world.publish(4)
    await world.ask()
    const asked = anna.asked()
    const [told, ...more] = await world.events("log.split-view")
    assert.deepEqual(told?.["actor"], { kind: "system", id: "publisher" })
    assert.equal(told["resource"], "audit.acme.example/acme/1")
    assert.deepEqual(more, [])

    for (const everybody of [false, true]) {
      world.clock.advance(24 * 60 * MINUTE)
      assert.deepEqual(await world.ask({ everybody }), { asked: 0, cosigned: 0 })
    }
    assert.equal(anna.asked(), asked)
    assert.match((await world.evidence()).said, /anna has seen another history/)

    anna.seen.clear()
    await world.settle([anna], "quorum anna")
    assert.deepEqual(await world.ask(), { asked: 1, cosigned: 1 })
    assert.equal((await world.evidence()).evidence, "green")
  })

  it("goes on publishing after a split view, so that the alarm itself is witnessed by the others", async () => {
    await using world = await openWitnessWorld()
    const [anna, berta] = [ownWitness("anna", world.clock), ownWitness("berta", world.clock)]
    await world.settle([anna, berta], "group any any anna berta", "quorum any")
    await world.publish(4)
    anna.instead = { status: 422 }
    await world.ask()
    world.clock.advance(MINUTE)
    await world.publish(1)
    await world.ask()
    const kept = await world.snapshot((tx) => tx.logCheckpoints.newestCosigned())
    const [told] = await world.events("log.split-view")
    const alarm = (await world.snapshot(({ outbox }) => outbox.range(0, 100))).find(
      ({ id }) => id === told?.["id"],
    )
    assert.ok((alarm?.index ?? 1000) < (kept?.size ?? 0))
    assert.equal((await world.evidence()).evidence, "red")
  })

  it("leaves alone a witness that has seen no more than what was pruned, and asks the others", async () => {
    await using world = await openWitnessWorld()
    const [anna, berta] = [ownWitness("anna", world.clock), ownWitness("berta", world.clock)]
    await world.settle([anna, berta], "quorum berta")
    await world.publish(100)
    await world.ask()
    await world.publish(500)
    await prune(world, 512)
    berta.seen.clear()
    world.clock.advance(10_000)
    assert.deepEqual(await world.ask(), { asked: 2, cosigned: 1 })
    const [behind] = (await world.evidence()).witnesses
    assert.match(behind?.standing?.trouble?.said ?? "", /it has seen 101 entries, and what shows .* pruned/)
  })

  it("knows that a witness has seen more than is published", async () => {
    await using world = await openWitnessWorld()
    const anna = ownWitness("anna", world.clock)
    await world.publish(4)
    await world.settle([anna], "quorum anna")
    anna.seen.set("audit.acme.example/acme/1", {
      origin: "audit.acme.example/acme/1",
      size: 9,
      root: new Uint8Array(32),
      extensions: [],
    })
    assert.deepEqual(await world.ask({ everybody: true }), {
      asked: 1,
      cosigned: 0,
      ahead: { name: "anna", size: 9 },
    })
    const [one] = await world.snapshot(({ witnesses }) => witnesses.list(1))
    assert.deepEqual([one?.trouble?.kind, one?.size], ["ahead", 9])
    assert.match((await world.evidence()).said, /anna has seen more entries than are published/)
  })
})

/** Prunes the log up to an index, as its retention would. */
async function prune({ transact, clock, tiles }: WitnessWorld, to: number): Promise<void> {
  await transact(({ retention }) => retention.raise(1, { from: 0, to, at: clock.now() }))
  for (const path of prunedTiles(0, to)) await tiles.remove(path)
}

async function verified(world: WitnessWorld, note: string): ReturnType<typeof checkPolicy> {
  const put = await world.snapshot(({ logPolicy }) => logPolicy.find())
  const policy = parsePolicy(sha256, Buffer.from(put?.text ?? ""))
  const logs = [{ key: parseVerifierKey(sha256, world.log.verifierKey) }]
  return checkPolicy(verifySignature, { ...policy, logs }, Buffer.from(note))
}
