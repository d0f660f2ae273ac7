import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ownWitness } from "../testing/own-witness.ts"
import { openWitnessWorld } from "../testing/witness-world.ts"

const MINUTE = 60_000

describe("the evidence that witnesses give", () => {
  it("is nothing to say where no witness is asked for", async () => {
    await using world = await openWitnessWorld()
    await world.publish(1)
    assert.deepEqual(await world.evidence(), {
      evidence: null,
      said: "No witnesses are configured.",
      quorum: null,
      witnesses: [],
    })
    await world.settle([ownWitness("anna", world.clock)], "quorum none")
    const { evidence, witnesses } = await world.evidence()
    assert.deepEqual([evidence, witnesses.map(({ name }) => name)], [null, ["anna"]])
  })

  it("is red before the quorum has seen the log, and green once it has", async () => {
    await using world = await openWitnessWorld()
    const [anna, berta] = [ownWitness("anna", world.clock), ownWitness("berta", world.clock)]
    await world.publish(3)
    await world.settle([anna, berta], "group both all anna berta", "quorum both")
    assert.equal((await world.evidence()).evidence, "red")
    berta.instead = { status: 503 }
    await world.ask()
    assert.match((await world.evidence()).said, /has not seen this log yet/)
    berta.instead = undefined
    world.clock.advance(20_000)
    await world.ask()
    const { evidence, quorum } = await world.evidence()
    assert.equal(evidence, "green")
    assert.equal(quorum?.size, 3)
  })

  it("turns red when the word of the quorum is older than an hour, whether or not entries came", async () => {
    for (const entries of [0, 5]) {
      await using world = await openWitnessWorld()
      const anna = ownWitness("anna", world.clock)
      await world.publish(3)
      await world.settle([anna], "quorum anna")
      await world.ask()
      anna.instead = { status: 503 }
      world.clock.advance(60 * MINUTE)
      await world.publish(entries)
      await world.ask()
      assert.equal((await world.evidence()).evidence, "green")
      world.clock.advance(1000)
      const { evidence, said, witnesses } = await world.evidence()
      assert.deepEqual([evidence, said], ["red", "The quorum has not seen this log within the last hour."])
      assert.equal(witnesses[0]?.standing?.trouble?.kind, "unavailable")
    }
  })

  it("stays green where nothing happens, by asking again before the hour is over", async () => {
    await using world = await openWitnessWorld()
    const anna = ownWitness("anna", world.clock)
    await world.publish(3)
    await world.settle([anna], "quorum anna")
    for (let minute = 0; minute < 180; minute++) {
      await world.ask()
      assert.equal((await world.evidence()).evidence, "green")
      world.clock.advance(MINUTE)
    }
    assert.equal(anna.asked(), 6)
  })
})
