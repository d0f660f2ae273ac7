import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { offerSignInLink } from "../access/sign-in.ts"
import { DAY, openControlWorld, twentyAtOnce } from "../testing/control-world.ts"
import type { Shelf } from "../transaction.ts"
import { type OnceWrite, writeOnce } from "./write-once.ts"

const WRITE: OnceWrite = { principal: "usr_ann", key: "k1", request: "hash", keepAnswer: true }

describe("a write under a key", () => {
  it("is done once, and answers the same to whoever asks the same again", async () => {
    await using world = await openWorld()
    const first = await world.write(WRITE)
    assert.deepEqual(first, { answer: "1", replayed: false })
    assert.deepEqual(await world.write(WRITE), { answer: "1", replayed: true })
    assert.equal(world.done(), 1)
  })

  it("is done once where twenty ask at once", async () => {
    await using world = await openWorld()
    const outcomes = await twentyAtOnce(() => world.write(WRITE))
    assert.equal(world.done(), 1)
    for (const outcome of outcomes)
      assert.ok(
        outcome === "idempotency_in_flight" || (typeof outcome === "object" && outcome.answer === "1"),
      )
  })

  it("is refused for another request, and is another one for another principal or key", async () => {
    await using world = await openWorld()
    await world.write(WRITE)
    await assert.rejects(world.write({ ...WRITE, request: "other" }), { code: "idempotency_key_reused" })
    await world.write({ ...WRITE, principal: "usr_eve" })
    await world.write({ ...WRITE, key: "k2" })
    assert.equal(world.done(), 3)
  })

  it("frees its key where it was refused, and where it failed before anything was done", async () => {
    await using world = await openWorld()
    await assert.rejects(
      world.write(WRITE, () => Promise.reject(new Error("refused"))),
      /refused/,
    )
    assert.deepEqual(await world.write(WRITE), { answer: "1", replayed: false })
  })

  it("is not done again where it failed after something was done: its answer is gone", async () => {
    await using world = await openWorld()
    await assert.rejects(
      world.write(WRITE, async (shelf) => {
        await offerSignInLink({ ...world, transact: shelf.transact })
        throw new Error("killed")
      }),
      /killed/,
    )
    await assert.rejects(world.write(WRITE), { code: "idempotency_in_flight" })
    world.clock.advance(60_000)
    await assert.rejects(world.write(WRITE), { code: "idempotency_answer_gone" })
    assert.equal(world.done(), 0)
  })

  it("commits nothing more once another has taken its key over", async () => {
    await using world = await openWorld()
    const slow = world.write(WRITE, async (shelf) => {
      world.clock.advance(60_001)
      assert.deepEqual(await world.write(WRITE), { answer: "1", replayed: false })
      await offerSignInLink({ ...world, transact: shelf.transact })
      return "slow"
    })
    await assert.rejects(slow, { code: "idempotency_in_flight" })
    assert.deepEqual(await world.write(WRITE), { answer: "1", replayed: true })
  })

  it("keeps no answer that holds a secret, and none that is too large", async () => {
    await using world = await openWorld()
    for (const [key, keepAnswer, answer] of [
      ["secret", false, "tbd_"],
      ["large", true, "x".repeat(300_000)],
    ] as const) {
      const write = { ...WRITE, key, keepAnswer }
      assert.equal((await world.write(write, () => Promise.resolve(answer))).answer, answer)
      world.clock.advance(60_000)
      await assert.rejects(world.write(write), { code: "idempotency_answer_gone" })
    }
  })

  it("is free again after a day", async () => {
    await using world = await openWorld()
    await world.write(WRITE)
    world.clock.advance(DAY)
    assert.deepEqual(await world.write({ ...WRITE, request: "other" }), { answer: "2", replayed: false })
  })
})

async function openWorld() {
  const world = await openControlWorld()
  let done = 0
  const count = async (shelf: Shelf) => {
    await offerSignInLink({ ...world, transact: shelf.transact })
    return String(++done)
  }
  return Object.assign(world, {
    done: () => done,
    write: (write: OnceWrite, act: (shelf: Shelf) => Promise<string> = count) =>
      writeOnce({ shelf: world, clock: world.clock }, write, act),
  })
}
