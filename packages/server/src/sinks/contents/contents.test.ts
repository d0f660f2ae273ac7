import assert from "node:assert/strict"
import { hash } from "node:crypto"
import { describe, it } from "node:test"
import { EVENT_TYPES, type LoggedEntry } from "@tabard/control"
import { canonicalText, type JsonObject, SINK_CONTENTS } from "@tabard/core"
import { contentOfCheckpoint } from "./checkpoint-content.ts"
import { contentOf } from "./content-of.ts"
import { ECS_TYPES } from "./testing/ecs-types.ts"
import { OCSF_CONTENTS, ocsfMissing, ocsfValidator } from "./testing/ocsf-schema.ts"
import { objectOf } from "./told-event.ts"

const CHECKPOINT = {
  origin: "audit.example/acme/1",
  size: 7,
  root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  note: "audit.example/acme/1\n7\n…\n\n— audit.example/acme/1 AAAA\n",
  publishedAt: new Date(1_790_000_000_000),
}

for (const content of OCSF_CONTENTS) {
  const skip = ocsfMissing(content)

  describe(`each event as ${content} is valid by the schema that OCSF publishes`, { skip }, () => {
    const validate = skip ? () => [] : ocsfValidator(content)

    for (const type of EVENT_TYPES) {
      it(`${type}, with all that an event may say, as little as it must, and with rubbish in every member`, () => {
        for (const event of [full(type), bare(type), rubbish(type), { ...full(type), actor: person }]) {
          const said = contentOf(content, entryOf(event))
          assert.deepEqual(validate(said), [], JSON.stringify(said, undefined, 1))
        }
      })
    }

    it("so is every decision's effect, an event of a type that nobody knows, and a checkpoint", () => {
      for (const effect of ["permit", "deny", "ask", "later"]) {
        const decided = { ...full("call.decided"), decision: { effect, reasons: [], code: "x" } }
        assert.deepEqual(validate(contentOf(content, entryOf(decided))), [])
      }
      assert.deepEqual(validate(contentOf(content, entryOf(full("moon.landed")))), [])
      assert.deepEqual(validate(contentOf(content, entryOf({}))), [])
      assert.deepEqual(validate(contentOfCheckpoint(content, CHECKPOINT)), [])
    })

    it("and the schema refuses what is none, so that these tests could fail", () => {
      const said = contentOf(content, entryOf(full("call.decided")))
      assert.notDeepEqual(validate({ ...said, activity_id: 77 }), [])
      assert.notDeepEqual(validate({ ...said, invented: true }), [])
    })
  })
}

describe("what receivers are told", () => {
  it("says of every event in every content where the log holds it", () => {
    for (const content of SINK_CONTENTS) {
      for (const type of EVENT_TYPES) {
        const said = JSON.stringify(contentOf(content, entryOf(full(type))))
        assert.ok(said.includes("audit.example/acme/1") && said.includes("LEAF="), `${content} ${type}`)
      }
    }
  })

  it("tells a denied call as denied and blocked, and one that waits for a person as neither", () => {
    const denied = contentOf("ocsf-1.8.0", entryOf(withEffect("deny")))
    const asked = contentOf("ocsf-1.8.0", entryOf(withEffect("ask")))
    assert.deepEqual(
      [
        denied["class_uid"],
        denied["type_uid"],
        denied["action_id"],
        denied["disposition_id"],
        denied["status_id"],
      ],
      [6003, 600_399, 2, 2, 2],
    )
    assert.deepEqual([asked["action_id"], asked["disposition_id"], asked["status_id"]], [99, 14, 1])
    assert.deepEqual(contentOf("ecs", entryOf(withEffect("deny")))["event"], {
      kind: "event",
      category: ["api"],
      type: ["access", "denied"],
      action: "call.decided",
      outcome: "failure",
      reason: "denied_by_policy",
      id: "evt_1",
      sequence: 41,
      dataset: "tabard.audit",
      module: "tabard",
      hash: "LEAF=",
    })
  })

  it("keeps agent, person served and owner apart, also where OCSF has one actor", () => {
    const before = contentOf("ocsf-1.8.0", entryOf(full("call.decided")))
    const since = contentOf("ocsf-1.9.0", entryOf(full("call.decided")))
    assert.deepEqual(before["actor"], {
      app_name: "AI agent",
      app_uid: "agt_1",
      user: { uid: "usr_served", type_id: 1, type: "User" },
    })
    assert.deepEqual(since["actor"], { user: { uid: "usr_served", type_id: 1, type: "User" } })
    assert.deepEqual(since["ai_agent"], { uid: "agt_1", instance_uid: "ins_1", type_id: 0 })
    assert.equal(objectOf(since["unmapped"])["owner"], "usr_owner")
  })

  it("leads from an OCSF row back to its entry, by a fingerprint over the row without it", () => {
    const { attestation_list: list, ...row } = contentOf("ocsf-1.9.0", entryOf(full("agent.suspended")))
    const [attested] = Array.isArray(list) ? list : []
    assert.deepEqual(attested, {
      uid: "40",
      chain_uid: "audit.example/acme/1",
      fingerprint: {
        algorithm_id: 3,
        algorithm: "SHA-256",
        serialization_id: 2,
        serialization: "JCS",
        value: hash("sha256", canonicalText(row)),
      },
    })
  })

  it("uses only types that ECS allows in the category", () => {
    for (const type of EVENT_TYPES) {
      for (const effect of ["permit", "deny", "ask"]) {
        const { event } = contentOf("ecs", entryOf({ ...full(type), decision: { effect } }))
        assert.ok(isCategorised(event), type)
        const allowed = event.category.flatMap((category) => ECS_TYPES[category] ?? [])
        assert.deepEqual(
          event.type.filter((each) => !allowed.includes(each)),
          [],
          `${type} as ${event.category.join()}`,
        )
      }
    }
  })

  it("loses no member of our own event", () => {
    assert.deepEqual(contentOf("own", entryOf(full("call.finished")))["event"], full("call.finished"))
  })
})

const person = { kind: "user", id: "usr_ann", via: "atk_1" }

function entryOf(event: JsonObject): LoggedEntry {
  return { place: 41, origin: "audit.example/acme/1", index: 40, leaf: "LEAF=", event }
}

function bare(type: string): JsonObject {
  return { v: 1, id: "evt_1", t: "2026-11-22T06:00:00.000Z", type, actor: { kind: "system", id: "scanner" } }
}

function full(type: string): JsonObject {
  return {
    ...bare(type),
    organisation: "org_1",
    actor: { kind: "agent", id: "agt_1", instance: "ins_1" },
    agent: "agt_1",
    instance: "ins_1",
    owner: "usr_owner",
    onBehalfOf: "usr_served",
    task: "tsk_1",
    call: "cal_1",
    approval: "apr_1",
    action: "notes/read_file",
    resource: "srv_1",
    outcome: "ok",
    decision: { id: "dec_1", effect: "permit", code: "permitted", reasons: ["owner-reads"], version: 3 },
    trace: { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" },
    commits: { reason: "c2FsdGVk" },
    data: {
      finding: "fnd_1",
      rule: "no-owner",
      severity: "high",
      user: "usr_2",
      team: "tem_1",
      name: "Payments",
      session: "ses_1",
      reason: "not needed",
      bytesIn: 1,
      bytesOut: 2,
    },
  }
}

/** Every member is something else than it should be: what was logged once is carried whatever it says. */
function rubbish(type: string): JsonObject {
  const members = Object.keys(full(type)).map((name, at) => [name, [7, [], {}, null, "\u202e", true][at % 6]])
  return { ...Object.fromEntries(members), type }
}

function withEffect(effect: string): JsonObject {
  const decision = { id: "dec_1", effect, code: "denied_by_policy", reasons: ["no-egress"], version: 3 }
  const { outcome: _, ...event } = full("call.decided")
  return { ...event, decision }
}

function isCategorised(
  event: unknown,
): event is { readonly category: readonly string[]; readonly type: readonly string[] } {
  return typeof event === "object" && event !== null && "category" in event && "type" in event
}
