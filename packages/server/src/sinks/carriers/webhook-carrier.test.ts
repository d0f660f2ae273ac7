import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Webhook } from "standardwebhooks"
import type { CarrierDeps } from "./carrier-deps.ts"
import { httpReceiverContract } from "./http-receiver.contract.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { answering, startReceiver, startUnverifiedReceiver } from "./testing/receiver.ts"
import { selfSigned } from "./testing/self-signed.ts"
import { webhookCarrier } from "./webhook-carrier.ts"

const SIGNING = `whsec_${Buffer.from("a secret of twenty-four!").toString("base64")}`

describe("carrying to a webhook", () => {
  it("is taken by any success, signed so that another's library verifies it, in the order of the record", async () => {
    await using receiver = await startReceiver(answering(204))
    const now = new Date()
    await using carrier = carrierTo(receiver.url, carrierDeps({ clock: { now: () => now } }))
    assert.deepEqual(await carry(carrier, items(3)), TAKEN)
    const [one] = receiver.received
    assert.ok(one)
    const headers = Object.fromEntries(
      Object.entries(one.headers).map(([name, value]) => [name, String(value)]),
    )
    const said = Object(new Webhook(SIGNING).verify(one.body, headers))
    assert.deepEqual(
      said.data.entries.map((entry: { key: string }) => entry.key),
      ["acme/0", "acme/1", "acme/2"],
    )
    assert.deepEqual(said.data.entries[2].body, { v: 1, type: "agent.adopted", place: 2 })
    const other = `whsec_${Buffer.alloc(24).toString("base64")}`
    assert.throws(() => new Webhook(other).verify(one.body, headers))
  })

  it("carries the same items under the same id, and others under another", async () => {
    await using receiver = await startReceiver(answering(500), answering(200))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    for (const portion of [items(3), items(3), items(4)]) await carry(carrier, portion)
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"])
    assert.equal(ids[0], ids[1])
    assert.notEqual(ids[1], ids[2])
  })

  it("finds the one item that is not taken, and carries the others", async () => {
    await using receiver = await startReceiver((response, one) =>
      answering(one.body.includes("poison") ? 422 : 200)(response, one),
    )
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const portion = [...items(5), item(5, { body: { what: "poison" } }), ...items(3, 6)]
    assert.deepEqual(await carry(carrier, portion), {
      kind: "taken",
      refused: [{ key: "acme/5", reason: "it answered 422: it does not take this" }],
    })
  })

  it("is held where nothing at all is taken: no item goes lost by a receiver that is set up wrongly", async () => {
    await using receiver = await startReceiver(answering(400))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.equal((await carry(carrier, items(100))).kind, "held")
    assert.ok(receiver.received.length < 40, `${receiver.received.length} requests`)
  })

  it("is held where there is nothing to sign with, and says nothing unsigned", async () => {
    await using receiver = await startReceiver(answering(200))
    await using carrier = webhookCarrier({ settings: { url: receiver.url }, secrets: {} }, carrierDeps())
    assert.equal((await carry(carrier, items(1))).kind, "held")
    assert.equal(receiver.received.length, 0)
  })

  it("believes the authority that was named for it, and no other", async () => {
    const identity = selfSigned("receiver.acme.example")
    await using receiver = await startUnverifiedReceiver(answering(200), identity)
    for (const [ca, result] of [
      [identity.certificate, TAKEN],
      [selfSigned("another").certificate, { kind: "held", reason: "its certificate could not be verified" }],
    ] as const) {
      const settings = { url: receiver.url, ca }
      await using carrier = webhookCarrier({ settings, secrets: { signing: SIGNING } }, carrierDeps())
      assert.deepEqual(await carry(carrier, items(1)), result)
    }
  })

  it("uses its connection again", async () => {
    const ports = new Set<number | undefined>()
    await using receiver = await startReceiver((response, one) => {
      ports.add(response.socket?.remotePort)
      answering(200, {})(response, one)
    })
    await using carrier = carrierTo(receiver.url, carrierDeps())
    for (let turn = 0; turn < 3; turn += 1) assert.deepEqual(await carry(carrier, items(2)), TAKEN)
    assert.equal(ports.size, 1)
  })

  httpReceiverContract(carrierTo, { canary: SIGNING })
})

function carrierTo(url: string, deps: CarrierDeps): ReturnType<typeof webhookCarrier> {
  return webhookCarrier({ settings: { url }, secrets: { signing: SIGNING } }, deps)
}
