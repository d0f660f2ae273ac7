import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { SinkCarrier } from "@tabard/control"
import type { CarrierDeps } from "./carrier-deps.ts"
import { s3Carrier } from "./s3-carrier.ts"
import { carrierDeps, carry, items, TAKEN } from "./testing/carried.ts"
import {
  type Answer,
  answering,
  sayingNothing,
  startReceiver,
  startUnverifiedReceiver,
} from "./testing/receiver.ts"

const SECRET = "canary/secret+access+key"

describe("carrying to a bucket", () => {
  it("is taken once the object is put, signed and with its length", async () => {
    await using receiver = await startReceiver(answering(200))
    await using carrier = carrierTo(receiver.url)
    assert.deepEqual(await carry(carrier, items(2)), TAKEN)
    const [one] = receiver.received
    assert.match(
      one?.path ?? "",
      /^\/lake\/ext\/tabard\/region%3Deu-central-1\/accountId%3D123456789012\/eventDay%3D20261101\/0{16}-0{15}1-[0-9a-f]{12}\.parquet/,
    )
    assert.match(String(one?.headers.authorization), /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\//)
    assert.ok(!JSON.stringify(one).includes(SECRET))
  })

  for (const [status, code, kind] of [
    [403, "AccessDenied", "held"],
    [403, "InvalidAccessKeyId", "held"],
    [403, "SignatureDoesNotMatch", "held"],
    [403, "RequestTimeTooSkewed", "held"],
    [400, "ExpiredToken", "held"],
    [400, "AuthorizationHeaderMalformed", "held"],
    [404, "NoSuchBucket", "held"],
    [301, "PermanentRedirect", "held"],
    [503, "SlowDown", "later"],
    [500, "InternalError", "later"],
    [409, "OperationAborted", "later"],
  ] as const) {
    it(`${kind === "held" ? "is held" : "comes again later"} where it answers ${status} ${code}`, async () => {
      await using receiver = await startReceiver(saying(status, code))
      await using carrier = carrierTo(receiver.url)
      const result = await carry(carrier, items(2))
      assert.equal(result.kind, kind, JSON.stringify(result))
      assert.ok(!JSON.stringify(result).includes(SECRET))
      assert.equal(receiver.received.length, 1)
    })
  }

  it("comes again later where the connection breaks, and where there is no answer in time", async () => {
    for (const [answer, reason, timeMs] of [
      [reset, "the connection broke", 60_000],
      [sayingNothing, "it did not answer in time", 400],
    ] as const) {
      await using receiver = await startReceiver(answer)
      await using carrier = carrierTo(receiver.url, { timeMs })
      assert.deepEqual(await carry(carrier, items(2)), { kind: "later", reason, afterMs: null })
    }
  })

  it("is held where its certificate cannot be verified", async () => {
    await using receiver = await startUnverifiedReceiver(answering(200))
    await using carrier = carrierTo(receiver.url)
    assert.deepEqual(await carry(carrier, items(1)), {
      kind: "held",
      reason: "its certificate could not be verified",
    })
  })

  it("is held where its address is not one that may be spoken to", async () => {
    for (const endpoint of ["https://10.1.2.3", "http://storage.example"]) {
      await using carrier = carrierTo(endpoint)
      assert.match(
        JSON.stringify(await carry(carrier, items(1))),
        /held.*(have the operator list it|must begin with https)/,
      )
    }
  })

  it("gathers entries for as long as its setting says", async () => {
    await using carrier = carrierTo("http://127.0.0.1:9")
    assert.equal(carrier.everyMs, 5 * 60_000)
  })
})

const reset: Answer = (response) => void response.destroy()

function saying(status: number, code: string): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/xml" })
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${SECRET}</Message></Error>`)
  }
}

function carrierTo(endpoint: string, differs: Partial<CarrierDeps> = {}): SinkCarrier {
  const settings = {
    bucket: "lake",
    prefix: "",
    region: "eu-central-1",
    endpoint,
    pathStyle: true,
    account: "123456789012",
    sourceName: "tabard",
    everyMinutes: 5,
  }
  const key = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: SECRET }
  return s3Carrier({ settings, secrets: { key } }, carrierDeps(differs))
}
