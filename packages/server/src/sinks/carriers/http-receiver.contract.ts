import assert from "node:assert/strict"
import { it } from "node:test"
import type { SinkCarrier } from "@tabard/control"
import type { CarrierDeps } from "./carrier-deps.ts"
import { carrierDeps, carry, items } from "./testing/carried.ts"
import {
  answering,
  breakingOff,
  dripping,
  endless,
  sayingNothing,
  startReceiver,
  startUnverifiedReceiver,
} from "./testing/receiver.ts"

/** A carrier to a receiver over HTTP, as its tests make one. */
export type CarrierTo = (url: string, deps: CarrierDeps) => SinkCarrier

/** What every carrier over HTTP makes of a receiver that fails. To be called within a `describe`. */
export function httpReceiverContract(carrierTo: CarrierTo, { canary }: { readonly canary: string }): void {
  for (const status of [429, 503]) {
    it(`comes again later where it answers ${status}, and not before it wants to`, async () => {
      await using receiver = await startReceiver(answering(status, {}, { "retry-after": "17" }))
      const result = await once(receiver.url)
      assert.equal(result.kind === "later" && result.afterMs, 17_000)
    })
  }

  it("comes again later at the date that it says", async () => {
    const at = "Sun, 01 Nov 2026 12:02:00 GMT"
    await using receiver = await startReceiver(answering(503, {}, { "retry-after": at }))
    const result = await once(receiver.url)
    assert.equal(result.kind === "later" && result.afterMs, 120_000)
  })

  for (const status of [408, 500, 502, 504]) {
    it(`comes again later where it answers ${status}`, async () => {
      await using receiver = await startReceiver(answering(status, { error: canary }))
      assert.deepEqual(await once(receiver.url), {
        kind: "later",
        reason: `it answered ${status}`,
        afterMs: null,
      })
    })
  }

  it("comes again later where the answer breaks off half-way", async () => {
    await using receiver = await startReceiver(breakingOff)
    assert.deepEqual(await once(receiver.url), {
      kind: "later",
      reason: "the connection broke",
      afterMs: null,
    })
  })

  it("comes again later where there is no answer in time", async () => {
    await using receiver = await startReceiver(sayingNothing)
    const result = await once(receiver.url, { timeMs: 200 })
    assert.deepEqual(result, { kind: "later", reason: "it did not answer in time", afterMs: null })
  })

  it("comes again later where the answer comes drop by drop", async () => {
    await using receiver = await startReceiver(dripping)
    const result = await once(receiver.url, { timeMs: 300 })
    assert.deepEqual(result, { kind: "later", reason: "it did not answer in time", afterMs: null })
  })

  it("comes again later where the answer has no end, and does not read on", async () => {
    // Who read on would find that it did not answer in time.
    await using receiver = await startReceiver(endless(503))
    assert.deepEqual(await once(receiver.url), { kind: "later", reason: "it answered 503", afterMs: null })
  })

  it("comes again later where nobody answers", async () => {
    const receiver = await startReceiver(sayingNothing)
    await receiver[Symbol.asyncDispose]()
    assert.deepEqual(await once(receiver.url), {
      kind: "later",
      reason: "nobody answers there",
      afterMs: null,
    })
  })

  it("is held where its certificate cannot be verified, and nothing was said to it", async () => {
    await using receiver = await startUnverifiedReceiver(answering(200, {}))
    assert.deepEqual(await once(receiver.url), {
      kind: "held",
      reason: "its certificate could not be verified",
    })
    assert.equal(receiver.received.length, 0)
  })

  for (const status of [401, 403, 404, 307]) {
    it(`is held where it answers ${status}, and nothing follows it elsewhere`, async () => {
      const elsewhere = { location: "http://127.0.0.1:9/" }
      await using receiver = await startReceiver(answering(status, { error: canary }, elsewhere))
      const result = await once(receiver.url)
      assert.equal(result.kind, "held")
      assert.ok(!JSON.stringify(result).includes(canary), "the receiver's words, or our secret")
      assert.equal(receiver.received.length, 1)
    })
  }

  it("is held where its address is in a network that is not open", async () => {
    const result = await once("https://10.1.2.3:8088")
    assert.match(JSON.stringify(result), /held.*have the operator list it/)
  })

  it("stops when it is told to", async () => {
    await using receiver = await startReceiver(sayingNothing)
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const result = await carrier.carry(items(2), AbortSignal.timeout(100))
    assert.equal(result.kind, "later")
  })

  it("halves what is too large for it, and refuses what is too large by itself", async () => {
    await using receiver = await startReceiver(answering(413))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const refused = items(3).map(({ key }) => ({ key, reason: "it answered 413: too large" }))
    assert.deepEqual(await carry(carrier, items(3)), { kind: "taken", refused })
  })

  async function once(url: string, differs: Partial<CarrierDeps> = {}): ReturnType<SinkCarrier["carry"]> {
    await using carrier = carrierTo(url, carrierDeps(differs))
    return await carry(carrier, items(2))
  }
}
