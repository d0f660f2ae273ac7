import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Json } from "@tabard/core"
import { compilePolicies, compileSchema, decide, type PinnedTool } from "@tabard/policy"
import { compileManifest, vetManifest } from "../compile-manifest.ts"
import type { ArgumentLimit, Manifest, ManifestTool } from "../manifest.ts"

const SETS = new Map([
  ["payees", ["landlord", "grocer"]],
  ["hosts", ["api.example.com"]],
  ["folders", ["/srv", "/tmp/"]],
  ["nobody", []],
])

describe("a limit on an argument", () => {
  const within: readonly (readonly [string, ArgumentLimit, readonly Json[], readonly Json[]])[] = [
    ["amount", { atLeast: "1", atMost: "5.5" }, [1, 5.5, 3], [0.9999, 5.5001, -1, 0]],
    ["amount", { atLeast: "-1" }, [-1, 0, 900], [-1.0001]],
    ["amount", { exactly: "5.00" }, [5], [5.0001, 4.9999]],
    ["amount", { oneOf: ["1", "2.50"] }, [1, 2.5], [1.5, 2]],
    ["to", { exactly: "landlord" }, ["landlord"], ["landlord ", "Landlord", ""]],
    ["to", { oneOf: ["a", 'b"'] }, ["a", 'b"'], ["b", "c", "a\u0000"]],
    ["to", { inSet: "payees" }, ["landlord", "grocer"], ["payees", "mallory"]],
    ["to", { inSet: "nobody" }, [], ["landlord", ""]],
    ["urgent", { exactly: true }, [true], [false]],
    ["kind", { oneOf: ["fast"] }, ["fast"], ["slow"]],
    ["to", { matches: "INV-[0-9]+" }, ["INV-1"], ["INV-", "xINV-1", "INV-1\n", "INV-1 INV-2"]],
    [
      "to",
      { recipient: "@example.com" },
      ["a@example.com"],
      ["a@evil.example", "a", "a@example.com, b@evil.example"],
    ],
    [
      "to",
      { recipient: ["a@example.com", "@*.example.org"] },
      ["a@example.com", "x@mail.example.org"],
      ["b@example.com", "x@example.org"],
    ],
    [
      "url",
      { host: "*.example.com" },
      ["https://a.example.com/"],
      [
        "https://example.com/",
        "http://a.example.com/",
        "https://a.example.com@evil.example/",
        "https://a.example.com\\@evil.example/",
      ],
    ],
    ["url", { host: { inSet: "hosts" } }, ["https://api.example.com/x"], ["https://b.example.com/x"]],
    ["file", { under: "/srv" }, ["/srv/a", "/srv"], ["/srvx", "/srv/../etc", "/etc"]],
    ["file", { under: ["/srv", "/tmp"] }, ["/srv/a", "/tmp/b"], ["/etc"]],
    ["file", { under: { inSet: "folders" } }, ["/tmp/x", "/srv/y"], ["/var"]],
    ["file", { oneOf: ["/srv/a/"] }, ["/srv/a", "/srv/./a"], ["/srv/b"]],
    [
      "file",
      { matches: "/srv/[a-z]+\\.txt" },
      ["/srv/a.txt", "/srv//a.txt"],
      ["/srv/../etc/a.txt", "/srv/A.txt"],
    ],
    ["tags", { oneOf: ["x", "y"] }, [["x"], ["x", "y"]], [["x", "z"], []]],
    ["tags", { matches: "[a-z]+" }, [["x", "yy"]], [["x", "Y"], []]],
    [
      "tags",
      { recipient: ["@a.example", "@b.example"] },
      [["u@a.example", "v@b.example"]],
      [["u@a.example", "v@c.example"], []],
    ],
    ["tags", { exactly: "x" }, [["x"], ["x", "x"]], [["x", "y"], []]],
    ["cc", { oneOf: ["a", "b"] }, [["a"], ["a", "b"]], [["a", "c"], []]],
    ["cc", { recipient: "@a.example" }, [["u@a.example"]], [["u@a.example", "u@b.example"]]],
    ["body.amount", { atMost: "5" }, [5], [6]],
    ["body.deep.url", { host: "a.example" }, ["https://a.example/"], ["https://b.example/"]],
    ["dotted.name", { exactly: "x" }, ["x"], ["y"]],
    ["any", { given: true }, [null, 1, "x", [1]], []],
  ]
  for (const [name, limit, inside, outside] of within) {
    it(`lets what is within it through and nothing else: ${name} ${JSON.stringify(limit)}`, () => {
      for (const value of inside) assert.equal(effect(name, limit, value), "permit", JSON.stringify(value))
      for (const value of outside) assert.equal(effect(name, limit, value), "deny", JSON.stringify(value))
      assert.equal(effectOf(name, limit, {}), "deny", "left out")
    })
  }

  it("can be that it is left out", () => {
    for (const name of ["to", "body.amount", "any"]) {
      assert.equal(effectOf(name, { given: false }, {}), "permit")
      assert.equal(effect(name, { given: false }, name === "to" ? "x" : 1), "deny")
    }
    assert.equal(effectOf("body.amount", { given: false }, { body: {} }), "permit")
  })

  it("is refused where it could not be judged, in words that say what to do next", () => {
    for (const [name, limit, words] of [
      ["amount", { atLeast: "5", atMost: "4" }, /turn them around/],
      ["amount", { exactly: true }, /is not true or false; write a text in quotes/],
      ["amount", { oneOf: ["many"] }, /many is no amount/],
      ["amount", { matches: "[0-9]+" }, /neither a text nor a list of texts/],
      ["urgent", { oneOf: ["true"] }, /cannot be held to a list of texts/],
      ["kind", { oneOf: ["fats"] }, /is never "fats"; it is one of fast, slow/],
      ["to", { under: "/a" }, /not registered as a path; have the argument's role corrected/],
      [
        "to",
        { inSet: "payes" },
        /there is no set payes; the organisation keeps folders, hosts, nobody, payees/,
      ],
      ["to", { matches: "(a" }, /cannot be judged; write it in RE2's syntax/],
      ["to", { matches: "(a)\\1" }, /cannot be judged/],
      ["url", { host: "https://a.example/" }, /is no host to judge by; write it in small letters/],
      ["url", { host: "*.com" }, /is no host/],
      ["url", { host: "*.co.uk" }, /lets in strangers/],
      ["url", { host: ["api.example.com", "*.github.io"] }, /lets in strangers/],
      ["to", { recipient: "example.com" }, /is no recipient/],
      ["file", { under: "srv" }, /srv is no path to judge by; it must be an absolute path/],
      ["any", { exactly: "x" }, /its schema allows several readings/],
      ["any", { host: "a.example" }, /neither a text nor a list of texts/],
      ["numbers", { atMost: "5" }, /cannot be held to an amount/],
      ["numbers", { oneOf: ["5"] }, /neither a text nor a number nor a list of texts/],
      ["body", { exactly: "x" }, /cannot be held to a list of texts/],
      ["body.nothing", { exactly: "x" }, /takes no argument body.nothing; it takes .*body.amount/],
      ["__proto__", { exactly: "x" }, /takes no argument/],
      ["twice.x", { exactly: "x" }, /can be two arguments of pay: "twice.x", and "twice" in "x"/],
    ] as const satisfies readonly (readonly [string, ArgumentLimit, RegExp])[]) {
      assert.throws(() => effectOf(name, limit, {}), { code: "manifest_invalid", message: words }, name)
    }
  })
})

describe("vetting a manifest", () => {
  it("finds every fault, each at its place", () => {
    const vetted = vetManifest({
      agent: "agt_1",
      tools: [TOOL],
      servers: { bank: "srv_bank" },
      manifest: manifest([
        { server: "post", tool: "send" },
        { server: "bank", tool: "steal" },
        {
          server: "bank",
          tool: "pay",
          arguments: { iban: { given: true }, to: { under: "/a" } },
          resources: ["x"],
        },
        { server: "bank", tool: "pay", limits: { spend: [{ atMost: "5", per: "day", currency: "EUR" }] } },
      ]),
    })
    assert.ok("faults" in vetted)
    assert.deepEqual(
      vetted.faults.map(({ path }) => path.join(".")),
      ["tools.0", "tools.1", "tools.2.arguments.iban", "tools.2.arguments.to", "tools.3.limits"],
    )
  })
})

const TEXT = { type: "string" }
const TEXTS = { type: "array", items: TEXT }
const NUMBER = { type: "number" }
const TOOL: PinnedTool = {
  server: "srv_bank",
  name: "pay",
  digest: "d",
  inputSchema: {
    type: "object",
    properties: {
      amount: NUMBER,
      to: TEXT,
      url: TEXT,
      urgent: { type: "boolean" },
      kind: { enum: ["fast", "slow"] },
      file: TEXT,
      tags: TEXTS,
      cc: TEXTS,
      numbers: { type: "array", items: NUMBER },
      any: {},
      body: {
        type: "object",
        properties: { amount: NUMBER, deep: { type: "object", properties: { url: TEXT } } },
      },
      "dotted.name": TEXT,
      "twice.x": TEXT,
      twice: { type: "object", properties: { x: TEXT } },
    },
  },
  effects: ["write"],
  roles: { file: ["path"], cc: ["target"] },
}

function manifest(tools: readonly ManifestTool[]): Manifest {
  return { purpose: "pays", tier: "transactional", standing: true, tools }
}

/** The value in its place, however deep. */
function effect(name: string, limit: ArgumentLimit, value: Json): string {
  const path = name === "dotted.name" ? [name] : name.split(".")
  const args = path.reduceRight<Json>((inner, step) => ({ [step]: inner }), value)
  return effectOf(name, limit, args)
}

function effectOf(name: string, limit: ArgumentLimit, args: Json): string {
  const { policies } = compileManifest({
    agent: "agt_1",
    manifest: manifest([{ server: "bank", tool: "pay", arguments: { [name]: limit } }]),
    tools: [TOOL],
    servers: { bank: "srv_bank" },
    sets: SETS,
  })
  const base = compilePolicies({ schema: compileSchema([TOOL]), policies, version: 1 })
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
    },
  }).effect
}
