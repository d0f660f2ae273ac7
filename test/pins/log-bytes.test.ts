import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type AuditEvent, type EventStore, recordEvent } from "@tabard/control"
import { ManualClock } from "@tabard/core"
import { emptyLog, formatVerifierKey, integrate, memoryTileStore, publish } from "@tabard/log"
import { ed25519Signer, sha256 } from "@tabard/log/node"

const SIGNER = ed25519Signer("audit.example.test/default/1", new Uint8Array(32).fill(1))

// Other people's software verifies these bytes; a log that was written yesterday has to be read for ever.
describe("the bytes of a log", () => {
  it("are its verifier key", () => {
    assert.equal(
      formatVerifierKey(SIGNER.key),
      "audit.example.test/default/1+f346676a+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c",
    )
  })

  it("are its checkpoint, its entries and its tiles", async () => {
    const tiles = memoryTileStore()
    const entries = [`{"v":1}`, "x".repeat(300)].map((text) => new TextEncoder().encode(text))
    const head = await integrate({ tiles, sha256 }, emptyLog(sha256), entries)
    const checkpoint = await publish({ tiles, sha256, signer: SIGNER }, head)
    assert.equal(
      new TextDecoder().decode(checkpoint),
      "audit.example.test/default/1\n2\nDZa2Oan+onCJu9sUfqx8ev3R3AegYjQwdsMf4sYPX5I=\n\n" +
        "— audit.example.test/default/1 80ZnaiBxNJmef2EK4O89S3jyvv5M7WozY4KQM8tyIDdneMBH92KdQd9g432+lPfuTSVgoHNz+SbYjMiFdSnYIvPsVAg=\n",
    )
    const bundle = Buffer.from((await tiles.read("tile/entries/000.p/2")) ?? [])
    assert.equal(bundle.toString("latin1"), `\x00\x07{"v":1}\x01\x2c${"x".repeat(300)}`)
    const tile = Buffer.from((await tiles.read("tile/0/000.p/2")) ?? [])
    assert.equal(
      tile.subarray(0, 32).toString("hex"),
      "0fe7f04cd9688fb996eea9ae1248cbe83b4d04805413f35ab25ad9deb5a3cb32",
    )
    assert.equal(tile.length, 64)
  })

  it("are an event's, spelt as RFC 8785 says", async () => {
    const bytes = await recorded({
      type: "call.decided",
      actor: { kind: "agent", id: "agt_1", instance: "ins_1" },
      agent: "agt_1",
      instance: "ins_1",
      owner: "usr_1",
      onBehalfOf: "usr_1",
      task: "tsk_1",
      call: "cal_1",
      approval: "apr_1",
      action: "notes/write_note",
      resource: "srv_1",
      decision: { id: "dec_1", effect: "permit", code: "permitted", reasons: ["agt_1/1"], version: 7 },
      data: { z: 1, a: "ü" },
    })
    assert.equal(
      bytes.replace(/"id":"evt_[^"]+"/, `"id":"evt"`),
      `{"action":"notes/write_note","actor":{"id":"agt_1","instance":"ins_1","kind":"agent"},"agent":"agt_1","approval":"apr_1","call":"cal_1","chain":["usr_1","agt_1"],"data":{"a":"ü","z":1},"decision":{"code":"permitted","effect":"permit","id":"dec_1","reasons":["agt_1/1"],"version":7},"id":"evt","instance":"ins_1","onBehalfOf":"usr_1","organisation":"org_1","outcome":"permit","owner":"usr_1","policy":{"rules":["agt_1/1"],"version":7},"resource":"srv_1","t":"2026-11-01T12:00:00.000Z","task":"tsk_1","type":"call.decided","v":2}`,
    )
  })

  it("hold a commitment of 32 bytes where a person's words stand beside them", async () => {
    const bytes = await recorded({
      type: "agent.suspended",
      actor: { kind: "user", id: "usr_1" },
      agent: "agt_1",
      data: { reason: "odd" },
    })
    assert.equal(
      bytes
        .replace(/"id":"evt_[^"]+"/, `"id":"evt"`)
        .replace(/"data.reason":"[A-Za-z0-9+/]{43}="/, `"data.reason":"hash"`),
      `{"actor":{"id":"usr_1","kind":"user"},"agent":"agt_1","commits":{"data.reason":"hash"},"data":{},"id":"evt","organisation":"org_1","outcome":"done","t":"2026-11-01T12:00:00.000Z","type":"agent.suspended","v":2}`,
    )
  })
})

/** What an outbox would be given. */
async function recorded(event: AuditEvent): Promise<string> {
  const kept: Uint8Array[] = []
  const outbox: Pick<EventStore, "append"> = { append: async ({ bytes }) => void kept.push(bytes) }
  const organisation = { id: "org_1", slug: "default", name: "x", trustDomain: "example.test" } as const
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  await recordEvent({ organisation, clock }, outbox, event)
  return new TextDecoder().decode(kept[0])
}
