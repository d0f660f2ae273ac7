import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Budget, Id } from "@tabard/core"
import type { PinnedTool } from "@tabard/policy"
import { compileManifest } from "./compile-manifest.ts"
import { readManifest } from "./reading/read-manifest.ts"

const BANK: Id<"server"> = "srv_bank"
const SCHEMA = { type: "object", properties: { amount: { type: "number" }, to: { type: "string" } } }

const TOOLS: readonly PinnedTool[] = [
  tool({ name: "send_money", effects: ["financial"], roles: { amount: ["amount"], to: ["target"] } }),
  tool({ name: "pay_blindly", effects: ["financial"], roles: {} }),
  tool({ name: "balance", effects: ["read"], roles: {} }),
]

describe("the limits of a manifest", () => {
  it("become budgets that keep their names whatever they are raised to, and are told in words", () => {
    const { budgets, sentences } = compiled(`
limits:
  calls: [{ atMost: 100, per: hour }, { atMost: 1, per: task }]
  spend: [{ atMost: "500.00", per: day, currency: EUR }]
tools:
  - { server: bank, tool: send_money, limits: { spend: [{ atMost: "50", per: task, currency: EUR }] } }
  - { server: bank, tool: "effect:read", limits: { calls: [{ atMost: 5, per: minute }] } }`)
    const all: Pick<Budget, "tools" | "currency"> = { tools: null, currency: null }
    assert.deepEqual(budgets, [
      { ...all, name: "calls/hour", counts: "calls", atMost: 100, per: "hour" },
      { ...all, name: "calls/task", counts: "calls", atMost: 1, per: "task" },
      { ...all, name: "spend/day/EUR", counts: "spend", atMost: 5_000_000, per: "day", currency: "EUR" },
      {
        name: "bank/send_money: spend/task/EUR",
        counts: "spend",
        atMost: 500_000,
        per: "task",
        currency: "EUR",
        tools: ["srv_bank/send_money"],
      },
      {
        name: "bank/effect:read: calls/minute",
        counts: "calls",
        atMost: 5,
        per: "minute",
        currency: null,
        tools: ["srv_bank/balance"],
      },
    ])
    assert.deepEqual(sentences.slice(-5), [
      "It may make at most 100 calls an hour.",
      "It may make at most one call in one task.",
      "It may spend at most 500.00 EUR a day.",
      "It may spend at most 50.00 EUR in one task with bank/send_money.",
      "It may make at most 5 calls a minute with bank/effect:read.",
    ])
  })

  it("are refused where they could not be counted, or are said twice", () => {
    const call = "{ atMost: 1, per: hour }"
    for (const [limits, words] of [
      [`{ calls: [${call}, { atMost: 2, per: hour }] }`, /the second limit per hour/],
      ["{ calls: [{ atMost: -1, per: hour }] }", /give 0 at least/],
      ["{ calls: [{ atMost: 1.5, per: hour }] }", /a whole number/],
      ["{ calls: [{ atMost: 1, per: week }] }", /minute or hour or day or task/],
      ["{ spend: [{ atMost: 500, per: day, currency: EUR }] }", /within quotes/],
      ['{ spend: [{ atMost: "5e2", per: day, currency: EUR }] }', /at most four decimal places/],
      ['{ spend: [{ atMost: "-5", per: day, currency: EUR }] }', /at most four decimal places/],
      ['{ spend: [{ atMost: "5", per: day, currency: eur }] }', /three letters/],
      ['{ spend: [{ atMost: "5", per: day }] }', /currency/],
      ["{ rate: 5 }", /rate/],
    ] as const) {
      assert.throws(() => compiled(`limits: ${limits}\ntools: []`), {
        code: "manifest_invalid",
        message: words,
      })
    }
    const spend = '{ spend: [{ atMost: "5", per: day, currency: EUR }] }'
    assert.throws(() => compiled(`tools: [{ server: bank, tool: pay_blindly, limits: ${spend} }]`), {
      code: "manifest_invalid",
      message: /what pay_blindly spends cannot be counted/,
    })
  })
})

function compiled(rest: string): ReturnType<typeof compileManifest> {
  const manifest = readManifest(`purpose: pays\ntier: transactional\n${rest}`)
  return compileManifest({ agent: "agt_1", manifest, tools: TOOLS, servers: { bank: BANK } })
}

function tool(differs: Pick<PinnedTool, "name" | "effects" | "roles">): PinnedTool {
  return { server: BANK, digest: differs.name, inputSchema: SCHEMA, ...differs }
}
