import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { targetRules } from "../../notifications/guard-address.ts"
import type { CarrierDeps } from "./carrier-deps.ts"
import { syslogCarrier } from "./syslog-carrier.ts"
import { carrierDeps, carry, item, items, TAKEN } from "./testing/carried.ts"
import { answering, startReceiver } from "./testing/receiver.ts"
import { selfSigned } from "./testing/self-signed.ts"
import { type SyslogReceiver, startSyslogReceiver } from "./testing/syslog-receiver.ts"

describe("carrying to syslog", () => {
  it("is taken once it is written, in order, over one connection", async () => {
    await using receiver = await startSyslogReceiver()
    await using carrier = carrierTo(receiver)
    assert.deepEqual(await carry(carrier, items(300)), TAKEN)
    assert.deepEqual(await carry(carrier, items(300, 300)), TAKEN)
    assert.deepEqual(
      receiver.messages.map(keyOf),
      items(600).map(({ key }) => key),
    )
    assert.equal(receiver.connections(), 1)
  })

  it("connects again where the other end hung up meanwhile", async () => {
    await using receiver = await startSyslogReceiver()
    await using carrier = carrierTo(receiver)
    await carry(carrier, items(1))
    receiver.hangUp()
    const before = await carry(carrier, items(1, 1))
    const result = before.kind === "taken" ? before : await carry(carrier, items(1, 1))
    assert.deepEqual(result, TAKEN)
    assert.equal(receiver.connections(), 2)
    assert.ok(receiver.messages.map(keyOf).includes("acme/1"))
  })

  it("carries a portion again where the other end hangs up in the middle of it", async () => {
    await using receiver = await startSyslogReceiver((socket, turn) => {
      if (turn === 1) socket.on("data", () => socket.destroy())
    })
    await using carrier = carrierTo(receiver)
    const large = items(200).map((one) => ({ ...one, body: { text: "x".repeat(5000) } }))
    assert.deepEqual(await carry(carrier, large), {
      kind: "later",
      reason: "the connection broke",
      afterMs: null,
    })
    assert.deepEqual(await carry(carrier, large), TAKEN)
    assert.ok(new Set(receiver.messages.map(keyOf)).size === 200)
  })

  it("comes again later where the other end reads nothing", async () => {
    await using receiver = await startSyslogReceiver((socket) => void socket.pause())
    await using carrier = carrierTo(receiver, { timeMs: 700 })
    const large = items(200).map((one) => ({ ...one, body: { text: "x".repeat(7000) } }))
    const portions = Array.from({ length: 12 }, () => large).flat()
    assert.deepEqual(await carry(carrier, portions), {
      kind: "later",
      reason: "it did not answer in time",
      afterMs: null,
    })
  })

  it("comes again later where nobody answers", async () => {
    const receiver = await startSyslogReceiver()
    await receiver[Symbol.asyncDispose]()
    await using carrier = carrierTo(receiver)
    assert.deepEqual(await carry(carrier, items(1)), {
      kind: "later",
      reason: "nobody answers there",
      afterMs: null,
    })
  })

  it("is held where nobody vouches for the receiver's certificate", async () => {
    await using receiver = await startSyslogReceiver()
    await using carrier = carrierTo({ ...receiver, identity: selfSigned("another") })
    assert.deepEqual(await carry(carrier, items(1)), {
      kind: "held",
      reason: "its certificate could not be verified",
    })
    assert.equal(receiver.messages.length, 0)
  })

  it("is held where the receiver does not speak TLS", async () => {
    await using plain = await startReceiver(answering(200))
    const port = Number(new URL(plain.url).port)
    await using carrier = carrierTo({ port, identity: selfSigned("x") })
    assert.deepEqual(await carry(carrier, items(1)), { kind: "held", reason: "it does not speak TLS there" })
  })

  it("shows our certificate where the receiver asks for one, and takes none of ours for taken where it does not know it", async () => {
    const ours = selfSigned("tabard.acme.example")
    const asking = { requestCert: true, rejectUnauthorized: true, ca: ours.certificate }
    await using receiver = await startSyslogReceiver(undefined, asking)
    await using known = carrierTo(receiver, {}, ours)
    assert.deepEqual(await carry(known, items(1)), TAKEN)
    await using nameless = carrierTo(receiver)
    assert.deepEqual(await carry(nameless, [item(8)]), {
      kind: "held",
      reason: "it does not accept our certificate, or wants one",
    })
    await using stranger = carrierTo(receiver, {}, selfSigned("a stranger"))
    assert.notEqual((await carry(stranger, [item(9)])).kind, "taken")
    assert.deepEqual(receiver.messages.map(keyOf), ["acme/0"])
  })

  it("is held where our key is not that of our certificate", async () => {
    await using receiver = await startSyslogReceiver()
    const ours = { ...selfSigned("tabard.acme.example"), key: selfSigned("another").key }
    await using carrier = carrierTo(receiver, {}, ours)
    assert.deepEqual(await carry(carrier, items(1)), {
      kind: "held",
      reason: "the certificate or the key that was given for it cannot be read, or are not each other's",
    })
  })

  it("is held where its address is in a network that is not open", async () => {
    await using receiver = await startSyslogReceiver()
    await using carrier = carrierTo(receiver, { rules: targetRules({ production: true, listed: [] }) })
    assert.match(JSON.stringify(await carry(carrier, items(1))), /held.*have the operator list it/)
    assert.equal(receiver.connections(), 0)
  })
})

function carrierTo(
  { port, identity }: Pick<SyslogReceiver, "port" | "identity">,
  differs: Partial<CarrierDeps> = {},
  ours?: SyslogReceiver["identity"],
): ReturnType<typeof syslogCarrier> {
  const settings = {
    host: "127.0.0.1",
    port,
    ca: identity.certificate,
    clientCertificate: ours?.certificate,
    facility: 13,
    appName: "tabard",
    format: "json",
  } as const
  return syslogCarrier({ settings, secrets: { clientKey: ours?.key } }, carrierDeps(differs))
}

function keyOf(message: string): string | undefined {
  return /key="([^"]+)"/.exec(message)?.[1]
}
