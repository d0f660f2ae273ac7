import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { CarrierDeps } from "./carrier-deps.ts"
import { httpReceiverContract } from "./http-receiver.contract.ts"
import { splunkCarrier } from "./splunk-carrier.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { type Answer, answering, startReceiver } from "./testing/receiver.ts"

const TOKEN = "11111111-2222-3333-4444-canary555555"

describe("carrying to Splunk", () => {
  it("sends each item as an event with its time, its host and its key", async () => {
    await using receiver = await startReceiver(answering(200, { text: "Success", code: 0 }))
    await using carrier = carrierTo(`${receiver.url}/`, carrierDeps(), { ack: false, index: "audit" })
    assert.deepEqual(await carry(carrier, items(2, 7)), TAKEN)
    const [one] = receiver.received
    assert.equal(one?.path, "/services/collector/event")
    assert.equal(one?.headers.authorization, `Splunk ${TOKEN}`)
    const [first] = (one?.body ?? "").split("\n").map((line) => JSON.parse(line))
    assert.deepEqual(first, {
      time: Date.parse("2026-11-01T11:00:07Z") / 1000,
      host: "acme.example",
      source: "tabard",
      sourcetype: "tabard:audit",
      index: "audit",
      event: { v: 1, type: "agent.adopted", place: 7 },
      fields: { tabard_key: "acme/7", tabard_place: "7", tabard_type: "agent.adopted" },
    })
  })

  it("is taken once it is acknowledged as indexed, over one channel", async () => {
    let asked = 0
    await using receiver = await startReceiver((response, one) => {
      if (one.path.endsWith("/event")) answering(200, { code: 0, ackId: 4 })(response, one)
      else answering(200, { acks: { "4": ++asked > 1 } })(response, one)
    })
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.deepEqual(await carry(carrier, items(3)), TAKEN)
    const [sent, ...asks] = receiver.received
    const channel = String(sent?.headers["x-splunk-request-channel"])
    assert.match(channel, /^[0-9a-f-]{36}$/)
    assert.equal(asks.length, 2)
    for (const { path, body } of asks)
      assert.deepEqual([path, body], [`/services/collector/ack?channel=${channel}`, '{"acks":[4]}'])
  })

  it("comes again later where it is not acknowledged in time", async () => {
    await using receiver = await startReceiver(
      answering(200, { code: 0, ackId: 4 }),
      answering(200, { acks: { "4": false } }),
    )
    await using carrier = carrierTo(receiver.url, { ...carrierDeps(), ackPatienceMs: 50 })
    assert.match(JSON.stringify(await carry(carrier, items(1))), /later.*did not acknowledge in time/)
  })

  it("is held where it wants an acknowledgement and gets no id for one", async () => {
    await using receiver = await startReceiver(answering(200, { code: 0 }))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.match(JSON.stringify(await carry(carrier, items(1))), /held.*acknowledges nothing/)
  })

  for (const [answer, kind] of [
    [answering(400, { code: 14 }), "held"],
    [answering(400, { code: 6 }), "later"],
    [answering(503, { code: 19 }), "later"],
    [answering(500), "later"],
  ] as const)
    it("takes what is wrong with the question whether it is indexed for nothing against the events", async () => {
      await using receiver = await startReceiver(answering(200, { code: 0, ackId: 1 }), answer)
      await using carrier = carrierTo(receiver.url, carrierDeps())
      assert.equal((await carry(carrier, items(4))).kind, kind)
      assert.equal(receiver.received.length, 2)
    })

  // Each code of the collector's documents, under the status that it comes with.
  for (const [code, status, kind] of [
    [1, 403, "held"],
    [2, 401, "held"],
    [3, 401, "held"],
    [4, 403, "held"],
    [7, 400, "held"],
    [8, 500, "later"],
    [9, 503, "later"],
    [10, 400, "held"],
    [11, 400, "held"],
    [14, 400, "held"],
    [16, 400, "held"],
    [18, 503, "later"],
    [19, 503, "later"],
    [20, 503, "later"],
    [23, 503, "later"],
    [26, 429, "later"],
  ] as const) {
    it(`is ${kind === "held" ? "held" : "carried again later"} by code ${code}`, async () => {
      await using receiver = await startReceiver(
        answering(status, { text: TOKEN, code }, { "retry-after": "5" }),
      )
      await using carrier = carrierTo(receiver.url, carrierDeps())
      const result = await carry(carrier, items(2))
      assert.equal(result.kind, kind)
      assert.match(JSON.stringify(result), new RegExp(`code ${code}: `))
      assert.ok(!JSON.stringify(result).includes(TOKEN))
      if (result.kind === "later") assert.equal(result.afterMs, 5000)
    })
  }

  for (const code of [5, 6, 12, 13, 15]) {
    it(`finds the one event that code ${code} is about`, async () => {
      await using receiver = await startReceiver((response, one) =>
        (one.body.includes("poison") ? answering(400, { code }) : GOOD)(response, one),
      )
      await using carrier = carrierTo(receiver.url, carrierDeps(), { ack: false })
      const portion = [...items(6), item(6, { body: { what: "poison" } })]
      const result = await carry(carrier, portion)
      assert.deepEqual(result.kind === "taken" && result.refused.map(({ key }) => key), ["acme/6"])
    })
  }

  it("comes again later where it answers what nobody documents", async () => {
    await using receiver = await startReceiver(answering(418, { code: 99 }))
    await using carrier = carrierTo(receiver.url, carrierDeps())
    assert.equal((await carry(carrier, items(1))).kind, "later")
  })

  httpReceiverContract(carrierTo, { canary: TOKEN })
})

const GOOD: Answer = answering(200, { code: 0 })

function carrierTo(
  url: string,
  deps: CarrierDeps & { readonly ackPatienceMs?: number },
  differs: { readonly ack?: boolean; readonly index?: string } = {},
): ReturnType<typeof splunkCarrier> {
  const settings = { url, sourcetype: "tabard:audit", ack: true, ...differs }
  return splunkCarrier({ settings, secrets: { token: TOKEN } }, deps)
}
