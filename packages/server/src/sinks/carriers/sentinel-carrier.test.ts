import assert from "node:assert/strict"
import { after, describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import type { CarrierDeps } from "./carrier-deps.ts"
import { httpReceiverContract } from "./http-receiver.contract.ts"
import { sentinelCarrier } from "./sentinel-carrier.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { type Answer, answering, startReceiver, type TestReceiver } from "./testing/receiver.ts"

const SECRET = "canary~of.the-application"
const TOKEN: Answer = answering(200, { token_type: "Bearer", expires_in: 3599, access_token: "eyJ-token" })

const login = await startReceiver(TOKEN)
after(() => login[Symbol.asyncDispose]())

describe("carrying to Microsoft Sentinel", () => {
  it("signs in as an application, and sends rows to the stream of the rule", async () => {
    await using entra = await startReceiver(TOKEN)
    await using receiver = await startReceiver(answering(204))
    await using carrier = carrierTo(receiver.url, carrierDeps(), entra)
    assert.deepEqual(await carry(carrier, items(2, 7)), TAKEN)
    const [asked] = entra.received
    assert.equal(asked?.path, "/tenant-1/oauth2/v2.0/token")
    assert.deepEqual(Object.fromEntries(new URLSearchParams(asked?.body)), {
      grant_type: "client_credentials",
      client_id: "client-1",
      client_secret: SECRET,
      scope: "https://monitor.azure.com/.default",
    })
    const [one] = receiver.received
    assert.equal(one?.path, "/dataCollectionRules/dcr-1/streams/Custom-Tabard_CL?api-version=2023-01-01")
    assert.equal(one?.headers.authorization, "Bearer eyJ-token")
    assert.deepEqual(JSON.parse(one?.body ?? "")[0], {
      TimeGenerated: "2026-11-01T11:00:07.000Z",
      Key: "acme/7",
      Place: 7,
      EventType: "agent.adopted",
      Body: { v: 1, type: "agent.adopted", place: 7 },
    })
  })

  it("uses a token until shortly before it ends", async () => {
    const clock = new ManualClock("2026-11-01T12:00:00.000Z")
    await using entra = await startReceiver(TOKEN)
    await using receiver = await startReceiver(answering(204))
    await using carrier = carrierTo(receiver.url, carrierDeps({ clock }), entra)
    for (const [minutes, tokens] of [
      [0, 1],
      [54, 1],
      [2, 2],
    ] as const) {
      clock.advance(minutes * 60_000)
      assert.deepEqual(await carry(carrier, items(1)), TAKEN)
      assert.equal(entra.received.length, tokens)
    }
  })

  it("gets a new token once where the old one is refused, and is held where that is refused too", async () => {
    await using entra = await startReceiver(TOKEN)
    await using receiver = await startReceiver(answering(204), answering(401), answering(204), answering(401))
    await using carrier = carrierTo(receiver.url, carrierDeps(), entra)
    assert.deepEqual(await carry(carrier, items(1)), TAKEN)
    assert.deepEqual(await carry(carrier, items(1)), TAKEN)
    assert.equal(entra.received.length, 2)
    assert.equal((await carry(carrier, items(1))).kind, "held")
    assert.equal(entra.received.length, 3)
  })

  for (const [status, kind] of [
    [400, "held"],
    [401, "held"],
    [404, "held"],
    [429, "later"],
    [500, "later"],
    [200, "later"],
  ] as const) {
    it(`${kind === "held" ? "is held" : "comes again later"} where the sign-in answers ${status} and no token`, async () => {
      await using entra = await startReceiver(answering(status, { error_description: SECRET }))
      await using receiver = await startReceiver(answering(204))
      await using carrier = carrierTo(receiver.url, carrierDeps(), entra)
      const result = await carry(carrier, items(1))
      assert.equal(result.kind, kind)
      assert.ok(!JSON.stringify(result).includes(SECRET))
      assert.equal(receiver.received.length, 0)
    })
  }

  it("finds the one row that is not taken", async () => {
    await using receiver = await startReceiver((response, one) =>
      answering(one.body.includes("poison") ? 400 : 204)(response, one),
    )
    await using carrier = carrierTo(receiver.url, carrierDeps())
    const result = await carry(carrier, [...items(5), item(5, { body: { what: "poison" } })])
    assert.deepEqual(result.kind === "taken" && result.refused.map(({ key }) => key), ["acme/5"])
  })

  httpReceiverContract(carrierTo, { canary: SECRET })
})

function carrierTo(
  dce: string,
  deps: CarrierDeps,
  entra: TestReceiver = login,
): ReturnType<typeof sentinelCarrier> {
  const settings = {
    dce,
    dcrId: "dcr-1",
    stream: "Custom-Tabard_CL",
    tenantId: "tenant-1",
    clientId: "client-1",
    loginUrl: entra.url,
  }
  return sentinelCarrier({ settings, secrets: { clientSecret: SECRET } }, deps)
}
