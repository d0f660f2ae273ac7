import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { compilePolicies, compileSchema, decide, type PinnedTool, type SessionFacts } from "@tabard/policy"
import { compileManifest } from "../compile-manifest.ts"
import { readManifest } from "../reading/read-manifest.ts"

describe("the conditions of a manifest", () => {
  it("let a call through from the networks, at the hours and with the posture that they name", () => {
    for (const [conditions, inside, outside] of [
      [
        `networks: ["10.0.0.0/8", "2001:db8::/32"]`,
        [{ ip: "10.1.2.3" }, { ip: "2001:db8::1" }],
        [{ ip: "11.0.0.1" }, { ip: "2001:db9::1" }, {}],
      ],
      [
        `hours: [{ days: [mon, fri], from: "08:00", to: "18:00", zone: Europe/Paris }, { days: [sat], from: "00:00", to: "24:00", zone: UTC }]`,
        [{ now: new Date("2026-11-23T07:00:00Z") }, { now: new Date("2026-11-21T23:59:00Z") }],
        [{ now: new Date("2026-11-23T17:00:00Z") }, { now: new Date("2026-11-24T10:00:00Z") }],
      ],
      ["privateEndpoint: true", [{ posture: ["endpoint:private"] }], [{ posture: ["endpoint:public"] }, {}]],
      [
        "posture: [managed, encrypted]",
        [{ posture: ["encrypted", "managed", "x"] }],
        [{ posture: ["managed"] }, {}],
      ],
    ] as const) {
      for (const where of [
        `conditions: { ${conditions} }\ntools: [${PAY}]`,
        `tools: [${PAY.replace("}", `, conditions: { ${conditions} } }`)}]`,
      ]) {
        for (const session of inside)
          assert.equal(effectOf(where, session), "permit", `${where} ${JSON.stringify(session)}`)
        for (const session of outside)
          assert.equal(effectOf(where, session), "deny", `${where} ${JSON.stringify(session)}`)
      }
    }
  })

  it("hold together: those of the manifest and those of the tool", () => {
    const both = `conditions: { posture: [managed] }\ntools: [{ server: bank, tool: pay, conditions: { posture: [encrypted] } }]`
    assert.equal(effectOf(both, { posture: ["managed", "encrypted"] }), "permit")
    for (const posture of [["managed"], ["encrypted"]]) assert.equal(effectOf(both, { posture }), "deny")
  })

  it("are told in words", () => {
    const { sentences } = compiled(`expires: 2027-01-31
identity: [federated, hardware-key]
conditions: { networks: ["10.0.0.0/8"], privateEndpoint: true }
ask: { financial: owner }
tools: [{ server: bank, tool: pay, resources: [acct-1], conditions: { posture: [managed] } }]`)
    assert.deepEqual(sentences, [
      "It may use pay, on acct-1, from 10.0.0.0/8 alone, over a private endpoint alone, proven by federated or hardware-key, where its door says managed.",
      "It must ask its owner before whatever has the effect financial.",
      "It may do nothing after 2027-01-31.",
    ])
  })
})

describe("what else bounds an agent", () => {
  it("is how it has proven itself", () => {
    const text = `identity: [federated, hardware-key]\ntools: [${PAY}]`
    for (const said of ["identity:federated", "key:tpm", "key:pkcs11"])
      assert.equal(effectOf(text, { posture: [said] }), "permit", said)
    for (const posture of [["key:file"], ["key:keychain"], []])
      assert.equal(effectOf(text, { posture }), "deny")
  })

  it("is what it acts on, by the exact name", () => {
    const text = "tools: [{ server: bank, tool: pay, resources: [acct-1, acct-2] }]"
    assert.equal(effectOf(text, {}, { to: "acct-2" }), "permit")
    for (const args of [{ to: "acct-3" }, { to: "acct-1 " }, {}])
      assert.equal(effectOf(text, {}, args), "deny")
  })

  it("is its end: a day counts to its last moment", () => {
    const text = `expires: 2026-11-21\ntools: [${PAY}]`
    assert.equal(effectOf(text, { now: new Date("2026-11-21T23:59:59.999Z") }), "permit")
    assert.equal(effectOf(text, { now: new Date("2026-11-22T00:00:00Z") }), "deny")
    assert.equal(
      effectOf(text.replace("2026-11-21", "2026-11-21T12:00:00Z"), { now: new Date("2026-11-21T12:00:00Z") }),
      "deny",
    )
  })

  it("is whom it must ask before an effect", () => {
    const text = `ask: { write: owner }\ntools: [${PAY}]`
    assert.equal(effectOf(text, {}), "ask")
    assert.equal(effectOf(text, { approved: ["owner"] }), "permit")
    assert.equal(effectOf(text.replace("write", "delete"), {}), "permit")
  })
})

const PAY = "{ server: bank, tool: pay }"
const TOOL: PinnedTool = {
  server: "srv_bank",
  name: "pay",
  digest: "d",
  inputSchema: { type: "object", properties: { to: { type: "string" } } },
  effects: ["write"],
  roles: { to: ["target"] },
}

function compiled(rest: string): ReturnType<typeof compileManifest> {
  return compileManifest({
    agent: "agt_1",
    manifest: readManifest(`purpose: pays\ntier: transactional\nstanding: true\n${rest}`),
    tools: [TOOL],
    servers: { bank: "srv_bank" },
  })
}

function effectOf(rest: string, session: Partial<SessionFacts>, args: Record<string, string> = {}): string {
  const base = compilePolicies({
    schema: compileSchema([TOOL]),
    policies: compiled(rest).policies,
    version: 1,
  })
  return decide(base, {
    organisation: "org_1",
    action: { tool: "pay", digest: "d", arguments: args },
    server: { id: "srv_bank" },
    links: { agents: [{ id: "agt_1", owner: "usr_1", tier: "operator", category: "local", risk: 1 }] },
    session: {
      now: new Date("2026-11-21T10:00:00Z"),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 1, spend: "0" },
      ...session,
    },
  }).effect
}
