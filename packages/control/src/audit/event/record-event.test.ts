import assert from "node:assert/strict"
import { createHash, randomBytes } from "node:crypto"
import { describe, it } from "node:test"
import { canonicalText, type JsonObject, ManualClock } from "@tabard/core"
import type { AuditEvent, RecordContext } from "./audit-event.ts"
import type { NewEvent } from "./event-store.ts"
import { loggedBody, valuesBeside, wholeBody } from "./read-values.ts"
import { EventTooLarge, recordEvent } from "./record-event.ts"

const ADA = "usr_01930000-0000-7000-8000-00000000000a"
const BEN = "usr_01930000-0000-7000-8000-00000000000b"

describe("what is personal in an event", () => {
  it("stands beside it, and only a salted commitment to it in the log", async () => {
    const kept = await recorded(suspended({ reason: "Ben says it is odd", agents: 3 }))
    const body = loggedBody(kept)
    const [value] = kept.values ?? []
    assert.deepEqual(body["data"], { agents: 3 })
    assert.equal(value?.value, "Ben says it is odd")
    assert.deepEqual([value?.field, value?.class, value?.person], ["data.reason", "personal", ADA])
    const hash = createHash("sha256")
      .update(value?.salt ?? "")
      .update(`"Ben says it is odd"`)
    assert.deepEqual(body["commits"], { "data.reason": hash.digest("base64") })
    assert.equal(value?.salt.length, 16)
  })

  it("is committed to with another salt each time", async () => {
    const said = suspended({ reason: "odd" })
    const [one, other] = [loggedBody(await recorded(said)), loggedBody(await recorded(said))]
    assert.notDeepEqual(one["commits"], other["commits"])
  })

  it("is about whom the event is about, where it tells of a person", async () => {
    const data = { user: BEN, name: "Ben", before: "Benjamin" }
    const { values = [] } = await recorded({ type: "person.renamed", actor: by(ADA), data })
    assert.deepEqual(
      values.map(({ field, person }) => [field, person]),
      [
        ["data.name", BEN],
        ["data.before", BEN],
      ],
    )
  })

  it("is taken out of what stands deeper too, and what stands beside it stays", async () => {
    const facts = { purpose: "helps Ben", category: "local" }
    const kept = await recorded({ ...suspended({ kind: "declared", facts }), type: "agent.described" })
    assert.deepEqual(loggedBody(kept)["data"], { kind: "declared", facts: { category: "local" } })
  })

  it("is left alone where this program says it by itself", async () => {
    const actor = { kind: "system", id: "findings" } as const
    const kept = await recorded({ type: "finding.reopened", actor, data: { why: "it is there again" } })
    assert.deepEqual(loggedBody(kept)["data"], { why: "it is there again" })
    assert.equal(kept.values, undefined)
  })
})

describe("reading an event whole", () => {
  it("puts what is kept back in its place", async () => {
    assert.deepEqual(await whole((values) => values), { reason: "odd", agents: 3 })
  })

  it("tells what was erased", async () => {
    assert.deepEqual(await whole(() => []), { reason: "[erased]", agents: 3 })
  })

  it("does not show a value that is not what was recorded", async () => {
    const altered = await whole((values) => values.map((value) => ({ ...value, value: "fine" })))
    assert.deepEqual(altered, { reason: "[not what was recorded]", agents: 3 })
  })

  it("leaves an event of before commitments as it is", () => {
    const bytes = new TextEncoder().encode(`{"v":1,"data":{"reason":"odd"}}`)
    const body = loggedBody({ bytes })
    assert.deepEqual(wholeBody(body, valuesBeside(body, [])), { v: 1, data: { reason: "odd" } })
  })

  async function whole(
    keep: (values: NonNullable<NewEvent["values"]>) => NonNullable<NewEvent["values"]>,
  ): Promise<unknown> {
    const kept = await recorded(suspended({ reason: "odd", agents: 3 }))
    const body = loggedBody(kept)
    return wholeBody(body, valuesBeside(body, keep(kept.values ?? [])))["data"]
  }
})

describe("the envelope of an event", () => {
  it("says who acts for whom, by which policy, with which tool, in which trace, each in a field of its own", async () => {
    const decision = {
      id: "dec_1",
      effect: "deny",
      code: "denied",
      reasons: ["guard/1"],
      version: 7,
    } as const
    const body = loggedBody(
      await recorded(
        {
          type: "call.decided",
          actor: { kind: "agent", id: "agt_1" },
          agent: "agt_1",
          onBehalfOf: BEN,
          tool: { name: "pay", digest: "d", effects: ["financial"] },
          decision,
        },
        {
          door: "gateway",
          trace: { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" },
        },
      ),
    )
    assert.deepEqual(body["chain"], [BEN, "agt_1"])
    assert.deepEqual(body["policy"], { rules: ["guard/1"], version: 7 })
    assert.deepEqual(body["tool"], { name: "pay", digest: "d", effects: ["financial"] })
    assert.deepEqual([body["outcome"], body["door"], body["v"]], ["deny", "gateway", 2])
    assert.deepEqual(body["trace"], {
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
    })
  })

  it("is RFC 8785 JSON, and says that what it tells of is done", async () => {
    const { bytes } = await recorded(suspended({ z: 1, a: "ü" }))
    const text = new TextDecoder().decode(bytes)
    const body: JsonObject = JSON.parse(text)
    assert.equal(canonicalText(body), text)
    assert.equal(body["outcome"], "done")
  })

  it("holds a checkpoint byte for byte, also one that is long, or whose signature looks like a secret", async () => {
    const checkpoint = `audit.example/acme/1\n1\nAAAA\n\n${`— w ABSK${"a1B2".repeat(800)}\n`.repeat(6)}`
    for (const type of ["log.rotated", "log.pruned"] as const) {
      const told = { type, actor: by(ADA), data: { checkpoint, found: checkpoint } }
      const { checkpoint: kept, found } = { ...Object(loggedBody(await recorded(told))["data"]) }
      assert.equal(kept, checkpoint)
      assert.notEqual(found, checkpoint, "what others wrote is a text like all others")
    }
  })

  it("is refused beyond 60 KiB", async () => {
    const data = { keys: Array.from({ length: 5 }, () => "x ".repeat(7 * 1024)) }
    await assert.rejects(recorded({ type: "team.made", actor: by(ADA), data }), EventTooLarge)
  })
})

describe("a secret in an event", () => {
  const secret = `ghp_${randomBytes(18).toString("hex")}`

  it("is replaced by its kind and length, in the log as beside it", async () => {
    const kept = await recorded(suspended({ reason: `use ${secret} instead`, list: [{ deep: secret }] }))
    const everything = JSON.stringify([loggedBody(kept), kept.values?.map(({ value }) => value)])
    assert.ok(!everything.includes(secret))
    assert.match(everything, /use \[.+ of 40 characters removed\] instead/)
  })

  it("is not seen in what only looks long: ids, digests, addresses", async () => {
    const data = { digest: `sha256:${"ab12".repeat(16)}`, at: "https://tabard.example/agents", user: BEN }
    assert.deepEqual(loggedBody(await recorded({ type: "team.made", actor: by(ADA), data }))["data"], data)
  })
})

describe("a text that a stranger wrote", () => {
  it("steers no screen: what would is spelt out, and ends of lines stay", async () => {
    const action = "notes/\u001b[2Jwrite\u202eetirw"
    const kept = await recorded({ ...suspended({ reason: "one\ntwo\u0007" }), action })
    assert.equal(loggedBody(kept)["action"], "notes/\\u{1b}[2Jwrite\\u{202e}etirw")
    assert.equal(kept.values?.[0]?.value, "one\ntwo\\u{7}")
  })

  it("is recorded also where it is no well-formed text", async () => {
    const kept = await recorded({ ...suspended({}), action: "half \ud83d of a pair" })
    assert.equal(loggedBody(kept)["action"], "half \ufffd of a pair")
  })

  it("takes no more room than a person reads", async () => {
    const { values } = await recorded(suspended({ reason: "long ".repeat(20_000) }))
    assert.equal(JSON.stringify(values?.[0]?.value).length, 16_384 + 2)
  })

  it("names no member but its own: __proto__ is one like others", async () => {
    const data: JsonObject = JSON.parse(`{"__proto__":{"role":"administrator"},"constructor":1}`)
    const { bytes } = await recorded({ type: "team.made", actor: by(ADA), data })
    assert.match(new TextDecoder().decode(bytes), /"__proto__":\{"role":"administrator"\}/)
  })
})

function by(id: typeof ADA | typeof BEN): AuditEvent["actor"] {
  return { kind: "user", id }
}

function suspended(data: JsonObject): AuditEvent {
  return { type: "agent.suspended", actor: by(ADA), agent: "agt_1", data }
}

/** What an outbox would be given. */
async function recorded(event: AuditEvent, context: Partial<RecordContext> = {}): Promise<NewEvent> {
  const { promise, resolve } = Promise.withResolvers<NewEvent>()
  const organisation = { id: "org_1", slug: "default", name: "x", trustDomain: "example.test" } as const
  const clock = new ManualClock("2026-11-01T12:00:00.000Z")
  await recordEvent({ organisation, clock, ...context }, { append: async (row) => resolve(row) }, event)
  return promise
}
