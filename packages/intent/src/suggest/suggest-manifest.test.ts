import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Json } from "@tabard/core"
import { compilePolicies, compileSchema, decide, type PinnedTool } from "@tabard/policy"
import * as fc from "fast-check"
import { compileManifest } from "../compile-manifest.ts"
import type { ArgumentLimit, Manifest, ManifestTool } from "../manifest.ts"
import { writeManifest } from "../reading/write-manifest.ts"
import { commonFolder } from "./common-folder.ts"
import { inferLimit } from "./infer-limit.ts"
import { type ObservedUse, suggestManifest } from "./suggest-manifest.ts"

const SERVER = "srv_1"
const AGENT = "agt_1"

const TOOLS: readonly PinnedTool[] = [
  tool("read", { path: { type: "string" } }, { path: ["target", "path"] }),
  tool("fetch", { url: { type: "string" } }, { url: ["target"] }),
  tool("pay", { to: { type: "string" }, amount: { type: "number" } }, { to: ["target"], amount: ["amount"] }),
]

const MANIFEST: Manifest = { purpose: "Tries things", tier: "operator", tools: [] }

const segment = fc.constantFrom("a", "b", "c", "reports", "2026")
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`)
const host = fc.constantFrom("api.example.com", "files.example.org", "x.test")
const call = fc.oneof(
  path.map((value) => ({ name: "read", arguments: { path: value } })),
  fc.tuple(host, segment).map(([at, to]) => ({ name: "fetch", arguments: { url: `https://${at}/${to}` } })),
  fc.tuple(segment, fc.integer({ min: 0, max: 100_000 })).map(([to, cents]) => ({
    name: "pay",
    arguments: { to, amount: cents / 100 },
  })),
)
const calls = fc.array(call, { minLength: 1, maxLength: 25 })
type Called = { readonly name: string; readonly arguments: Record<string, Json> }

describe("a manifest suggested from what was seen", () => {
  it("compiles, permits each call that it is made from, and needs each of its entries", () => {
    fc.assert(
      fc.property(calls, (seen) => {
        const suggested = suggestFrom(seen)
        for (const one of seen) assert.equal(decides(suggested, one), "permit", writeManifest(suggested))
        for (const entry of suggested.tools) {
          const tools = suggested.tools.filter((other) => other !== entry)
          const without = { ...suggested, tools }
          assert.ok(seen.some((one) => decides(without, one) === "deny"))
        }
      }),
      { numRuns: 25 },
    )
  })

  it("needs each value and the whole of each limit: whatever is narrower denies a call that was seen", () => {
    fc.assert(
      fc.property(calls, (seen) => {
        const suggested = suggestFrom(seen)
        for (const narrower of suggested.tools.flatMap((entry) => narrowed(suggested, entry)))
          assert.ok(
            seen.some((one) => decides(narrower, one) === "deny"),
            writeManifest(narrower),
          )
      }),
      { numRuns: 15 },
    )
  })

  it("is the same in whatever order the calls came", () => {
    fc.assert(
      fc.property(calls, (seen) => {
        assert.deepEqual(suggestFrom(seen.toReversed()), suggestFrom(seen))
      }),
      { numRuns: 60 },
    )
  })

  it("permits nothing beyond the folder, the hosts and the amount that were seen", () => {
    const suggested = suggestFrom([
      { name: "read", arguments: { path: "/srv/reports/a.md" } },
      { name: "fetch", arguments: { url: "https://api.example.com/v1" } },
      { name: "pay", arguments: { to: "ann", amount: 12.5 } },
    ])
    const denied: readonly Called[] = [
      { name: "read", arguments: { path: "/srv/secrets" } },
      { name: "fetch", arguments: { url: "https://evil.example.net/v1" } },
      { name: "fetch", arguments: { url: "http://api.example.com/v1" } },
      { name: "pay", arguments: { to: "ann", amount: 12.51 } },
      { name: "pay", arguments: { to: "bob", amount: 1 } },
    ]
    for (const one of denied) assert.equal(decides(suggested, one), "deny", JSON.stringify(one))
  })

  const standing: readonly (readonly [
    string | readonly string[],
    readonly string[],
    string | readonly string[],
  ])[] = [
    ["/srv/notes", ["/srv/notes"], "/srv/notes"],
    ["/srv/notes", ["/srv/notes", "/srv/notes/a.md"], "/srv/notes"],
    ["/srv/notes", ["/srv/notes/2026/a.md"], "/srv/notes/2026"],
    ["/srv/notes", ["/srv/other/a.md", "/srv/notes"], "/srv"],
    [
      ["/srv/a", "/srv/b", "/srv/c"],
      ["/srv/a", "/srv/b/x"],
      ["/srv/a", "/srv/b"],
    ],
  ]
  for (const [under, paths, suggested] of standing) {
    it(`holds ${paths.join(" and ")} to ${String(suggested)} where ${String(under)} stands`, () => {
      const manifest: Manifest = {
        ...MANIFEST,
        tools: [{ server: "shelf", tool: "read", arguments: { path: { under } } }],
      }
      const uses = usesOf(paths.map((path) => ({ name: "read", arguments: { path } })))
      const { tools } = suggestManifest({ manifest, standing: true, uses })
      assert.deepEqual(tools[0]?.arguments, { path: { under: suggested } })
    })
  }

  it("keeps who is asked and where people had said so, and who it is for", () => {
    const manifest: Manifest = {
      ...MANIFEST,
      environment: "staging",
      tools: [{ server: "shelf", tool: "pay", ask: "owner", arguments: { amount: { atMost: "5" } } }],
    }
    const { tools, environment } = suggestManifest({
      manifest,
      standing: true,
      uses: usesOf([{ name: "pay", arguments: { to: "ann", amount: 7 } }]),
    })
    assert.equal(environment, "staging")
    assert.deepEqual(tools, [
      {
        server: "shelf",
        tool: "pay",
        arguments: { amount: { atMost: "7" }, to: { oneOf: ["ann"] } },
        ask: "owner",
      },
    ])
  })
})

describe("a limit that is inferred", () => {
  it("is none where a call left the argument out, and none of more than ten names", () => {
    const [, , pay] = TOOLS
    assert.ok(pay)
    assert.equal(inferLimit(pay, "to", ["ann", undefined]), undefined)
    const many = Array.from({ length: 11 }, (_, at) => `person ${at}`)
    assert.equal(inferLimit(pay, "to", many), undefined)
    assert.deepEqual(inferLimit(pay, "to", many.slice(0, 10)), { oneOf: many.slice(0, 10) })
  })

  const folders: readonly (readonly [readonly string[], string | undefined])[] = [
    [["/a/b.md"], "/a"],
    [["/a/b.md", "/a/c/d.md"], "/a"],
    [["/a", "/a/b.md"], "/a"],
    [["/a/b", "/c/d"], undefined],
    [["/a/../../b/c", "/b/d"], "/b"],
    [["relative"], undefined],
    [["/top"], "/top"],
    [[], undefined],
  ]
  for (const [paths, folder] of folders) {
    it(`holds ${paths.join(" and ") || "nothing"} to ${folder ?? "no folder"}`, () => {
      assert.equal(commonFolder(paths), folder)
    })
  }
})

/** The manifest with one limit of one entry a little narrower, in each way there is. */
function narrowed(manifest: Manifest, entry: ManifestTool): readonly Manifest[] {
  return Object.entries(entry.arguments ?? {}).flatMap(([name, limit]) =>
    narrowerThan(limit).map((less) => ({
      ...manifest,
      tools: manifest.tools.map((other) =>
        other === entry ? { ...entry, arguments: { ...entry.arguments, [name]: less } } : other,
      ),
    })),
  )
}

function narrowerThan(limit: ArgumentLimit): readonly ArgumentLimit[] {
  if ("under" in limit) return typeof limit.under === "string" ? [{ under: `${limit.under}/other` }] : []
  if ("host" in limit) return allButOne(limit.host).map((host) => ({ host }))
  if ("oneOf" in limit) return allButOne(limit.oneOf).map((oneOf) => ({ oneOf }))
  if (!("atMost" in limit) || Number(limit.atMost) === 0) return []
  return [{ atMost: (Number(limit.atMost) - 0.01).toFixed(2) }]
}

function allButOne(values: unknown): readonly (readonly string[])[] {
  const all = Array.isArray(values) && values.length > 1 ? values.map(String) : []
  return all.map((left) => all.filter((value) => value !== left))
}

function suggestFrom(seen: readonly Called[]): Manifest {
  return suggestManifest({ manifest: MANIFEST, standing: true, uses: usesOf(seen) })
}

function usesOf(seen: readonly Called[]): readonly ObservedUse[] {
  return TOOLS.flatMap((each) => {
    const own = seen.filter(({ name }) => name === each.name)
    return own.length === 0
      ? []
      : [{ tool: each, server: "shelf", serverId: SERVER, arguments: own.map((one) => one.arguments) }]
  })
}

function decides(manifest: Manifest, one: Called): string {
  const { policies } = compileManifest({ agent: AGENT, manifest, tools: TOOLS, servers: { shelf: SERVER } })
  const base = compilePolicies({ schema: compileSchema(TOOLS), policies, version: 1 })
  return decide(base, {
    organisation: "org_1",
    action: { tool: one.name, digest: "d1", arguments: one.arguments },
    server: { id: SERVER },
    links: { agents: [{ id: AGENT, tier: "operator", category: "local", risk: 1 }] },
    session: {
      now: new Date("2026-11-01T12:00:00Z"),
      door: "gateway",
      env: "staging",
      bound: "dpop",
      left: { calls: 0, spend: "0.0" },
    },
  }).effect
}

function tool(name: string, properties: Record<string, Json>, roles: PinnedTool["roles"]): PinnedTool {
  return {
    server: SERVER,
    name,
    digest: "d1",
    inputSchema: { type: "object", properties, required: Object.keys(properties) },
    effects: ["read"],
    roles,
  }
}
