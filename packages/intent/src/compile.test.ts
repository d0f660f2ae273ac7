import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, Problem, SHIPPED_TIERS } from "@tabard/core"
import { compilePolicies, compileSchema, decide, type PinnedTool, type PolicyText } from "@tabard/policy"
import { type CompiledManifest, compileManifest } from "./compile-manifest.ts"
import { compileTask, compileUserDefault } from "./compile-task.ts"
import { guardRails } from "./guard-rails.ts"
import type { Manifest, ManifestTool } from "./manifest.ts"
import { tierPolicies } from "./tiers.ts"

describe("compiling a manifest", () => {
  it("says in words what it means", () => {
    const { sentences } = compiled([
      {
        server: "bank",
        tool: "send_money",
        arguments: { amount: { atMost: "500.00" }, to: { oneOf: ["a", "b"] } },
        ask: "owner",
      },
      { server: "srv_bank", tool: "effect:read" },
    ])
    assert.deepEqual(sentences, [
      "It may use send_money only with amount at most 500.00 and with to one of a, b, within a task.",
      "It must ask its owner before each send_money.",
      "It may use balance, within a task.",
    ])
  })

  it("holds amounts, lists and folders as they were written", () => {
    const { policies } = compiled(
      [
        {
          server: "bank",
          tool: "send_money",
          arguments: { amount: { atMost: "500.00" }, to: { oneOf: ["landlord"] } },
        },
        { server: "bank", tool: "statement", arguments: { file: { under: "/tmp/" } } },
      ],
      { standing: true },
    )
    for (const [tool, args, effect] of [
      ["send_money", { to: "landlord", amount: 500 }, "permit"],
      ["send_money", { to: "landlord", amount: 500.01 }, "deny"],
      ["send_money", { to: "landlord", amount: 0.00001 }, "deny"],
      ["send_money", { to: "mallory", amount: 1 }, "deny"],
      ["send_money", { to: "landlord" }, "deny"],
      ["statement", { file: "/tmp/a" }, "permit"],
      ["statement", { file: "/etc/a" }, "deny"],
      ["statement", {}, "deny"],
      ["balance", {}, "deny"],
    ] as const) {
      assert.equal(effectOf(policies, tool, args), effect, `${tool} ${JSON.stringify(args)}`)
    }
  })

  it("refuses what could not be judged, in words", () => {
    for (const [entry, words, tier] of [
      [{ server: "post", tool: "t" }, /the server post has no reviewed tools/],
      [{ server: "bank", tool: "pay" }, /has no reviewed tool pay; it has send_money, statement, balance/],
      [{ server: "bank", tool: "effect:write" }, /has no reviewed tool effect:write/],
      [
        { server: "bank", tool: "send_money", arguments: { iban: { oneOf: ["x"] } } },
        /takes no argument iban; it takes to, amount/,
      ],
      [
        { server: "bank", tool: "send_money", arguments: { to: { under: "/a" } } },
        /not registered as a path/,
      ],
      [{ server: "bank", tool: "send_money", arguments: { to: { atMost: "1" } } }, /it is not a number/],
      [
        { server: "bank", tool: "send_money", arguments: { meta: { oneOf: ["1"] } } },
        /cannot be held to a list/,
      ],
      [
        { server: "bank", tool: "send_money", arguments: { amount: { atMost: "1.23456" } } },
        /at most four decimal places/,
      ],
      [{ server: "bank", tool: "statement", arguments: { file: { under: "tmp" } } }, /tmp is no path/],
      [{ server: "odd", tool: "odd", arguments: { a: { under: "/a" } } }, /odd cannot be judged/],
      [
        { server: "bank", tool: "send_money" },
        /the effect financial, which the tier read-only excludes/,
        "read-only",
      ],
    ] as const satisfies (readonly [ManifestTool, RegExp, Manifest["tier"]?])[]) {
      assert.throws(
        () => compiled([entry], tier ? { tier } : {}),
        (error) => error instanceof Problem && error.code === "manifest_invalid" && words.test(error.message),
        words.source,
      )
    }
  })

  it("makes policies that the schema bears, whatever a tool is called", () => {
    const name = 'x"); permit (principal, action, resource); //'
    const tool: PinnedTool = { ...TOOLS[0], name, roles: {} }
    const { policies } = compileManifest({
      agent: "agt_1",
      manifest: { purpose: "p", tier: "operator", tools: [{ server: "srv_bank", tool: name, ask: "owner" }] },
      tools: [tool],
    })
    const base = compilePolicies({ schema: compileSchema([tool]), policies, version: 1 })
    assert.equal(base.policies.size, 3)
  })
})

describe("what ships", () => {
  it("is in force without any tool, and has ids of its own", () => {
    const shipped = [...guardRails(), ...tierPolicies()]
    const base = compilePolicies({ schema: compileSchema([]), policies: shipped, version: 1 })
    assert.equal(base.policies.size, shipped.length)
    assert.ok(shipped.every(({ id }) => /^[a-z-]+\/\d+$/.test(id)))
  })
})

describe("compiling a task", () => {
  it("refuses a tool that takes paths without a folder to hold it to", () => {
    assert.throws(() => task(["statement"], null), /statement works on files: choose a folder/)
    assert.equal(task(["balance"], null).length, 2)
    assert.equal(task(["balance"], "/tmp").length, 2)
  })

  it("refuses a folder that it could not hold a tool's arguments to", () => {
    assert.throws(() => task(["send_money"], "/tmp"), /cannot be held to a folder/)
    assert.equal(task(["send_money"], null).length, 2)
  })

  it("refuses a tool that nobody has reviewed", () => {
    assert.throws(() => task(["pay"], null), /has no reviewed tool pay/)
  })

  it("gives the person's side what the tier allows, and no tool that also does more", () => {
    const user = { id: "tsk_1", onBehalfOf: "usr_1", expiresAt: END } as const
    for (const [tier, tool, effect] of [
      ["read-only", "balance", "permit"],
      ["read-only", "statement", "deny"],
      ["transactional", "statement", "permit"],
      ["transactional", "reboot", "deny"],
      ["operator", "reboot", "permit"],
    ] as const) {
      const ceiling = SHIPPED_TIERS.get(tier)
      assert.ok(ceiling)
      const policies = [
        ...compileUserDefault({ task: user, tier: ceiling }),
        { id: "open/1", text: "permit (principal is Tabard::Agent, action, resource);" },
        { id: "open/2", text: "permit (principal is Tabard::Task, action, resource);" },
      ]
      assert.equal(effectOf(policies, tool, {}, true), effect, `${tier} ${tool}`)
    }
  })
})

const END = new Date("2026-11-21T11:00:00Z")
const TEXT = { type: "string" }
const TOOLS: readonly [PinnedTool, ...PinnedTool[]] = [
  {
    server: "srv_bank",
    name: "send_money",
    digest: "d",
    inputSchema: { type: "object", properties: { to: TEXT, amount: { type: "number" }, meta: {} } },
    effects: ["financial", "egress"],
    roles: { to: ["target"], amount: ["amount"] },
  },
  {
    server: "srv_bank",
    name: "statement",
    digest: "d",
    inputSchema: { type: "object", properties: { file: TEXT } },
    effects: ["read", "write"],
    roles: { file: ["target", "path"] },
  },
  {
    server: "srv_bank",
    name: "balance",
    digest: "d",
    inputSchema: { type: "object" },
    effects: ["read"],
    roles: {},
  },
  {
    server: "srv_bank",
    name: "reboot",
    digest: "d",
    inputSchema: { type: "object" },
    effects: ["write", "infrastructure"],
    roles: {},
  },
  { server: "srv_odd", name: "odd", digest: "d", inputSchema: {}, effects: ["read"], roles: {} },
]

function compiled(tools: readonly ManifestTool[], rest: Partial<Manifest> = {}): CompiledManifest {
  return compileManifest({
    agent: "agt_1",
    manifest: { purpose: "p", tier: "transactional", tools, ...rest },
    tools: TOOLS,
    servers: { bank: "srv_bank", odd: "srv_odd" },
  })
}

function task(tools: readonly string[], folder: string | null): PolicyText[] {
  return compileTask({ id: "tsk_1", expiresAt: END, scope: { server: "srv_bank", tools, folder } }, TOOLS)
}

function effectOf(
  policies: readonly PolicyText[],
  tool: string,
  args: Record<string, string | number>,
  chain = false,
): string {
  const links = {
    task: { id: "tsk_1", agent: "agt_1" as Id<"agent"> },
    user: { id: "usr_1", active: true },
  } as const
  const base = compilePolicies({ schema: compileSchema(TOOLS), policies, version: 1 })
  return decide(base, {
    organisation: "org_1",
    action: { tool, digest: "d", arguments: args },
    server: { id: "srv_bank" },
    links: {
      ...(chain && links),
      agents: [{ id: "agt_1", owner: "usr_1", tier: "operator", category: "local", risk: 1 }],
    },
    session: {
      now: new Date("2026-11-21T10:00:00Z"),
      door: "gateway",
      env: "dev",
      bound: "dpop",
      left: { calls: 1, spend: "0" },
    },
  }).effect
}
