import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Json, parseLossless } from "@tabard/core"
import { compilePolicies, compileSchema, decide, type PolicyBase, type SessionFacts } from "@tabard/policy"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { constantFrom, assert as holdsFor, integer, property, tuple } from "fast-check"
import { asksIn, routesOf } from "./ask-routes.ts"
import { compileManifest } from "./compile-manifest.ts"
import type { Manifest } from "./manifest.ts"
import { ManifestSchema, manifestJsonSchema } from "./reading/manifest-schema.ts"
import { readManifest } from "./reading/read-manifest.ts"
import { writeManifest } from "./reading/write-manifest.ts"
import { type AnyManifest, anyManifest, SETS, TOOLS } from "./testing/any-manifest.ts"

const SCHEMA = compileSchema(TOOLS)

describe("of a thousand manifests, each", () => {
  it("is read as it was written, is told in words, and lets through what is within its limits and nothing just outside", () => {
    let seen = 0
    let decisions = 0
    holdsFor(
      property(anyManifest, (any) => {
        const read = readManifest(writeManifest(any.manifest))
        assert.deepEqual(read, any.manifest)
        const { policies, sentences } = compiled(read)
        assert.deepEqual(compiled(any.manifest).policies, policies)
        assert.ok(
          any.manifest.tools.every(({ tool }) =>
            sentences.some((each) => each.startsWith(`It may use ${tool}`)),
          ),
        )
        // Parsed by Cedar, and held against the schema by it: one policy that does not hold refuses all.
        decisions += judge(compilePolicies({ schema: SCHEMA, policies, version: 1 }), any)
        seen += 1
      }),
      { numRuns: 1000 },
    )
    assert.equal(seen, 1000)
    assert.ok(decisions > 5000, String(decisions))
  })
})

describe("the schema of manifests", () => {
  const validate = addFormats
    .default(new Ajv2020({ strict: false, formats: { cidrv4: true, cidrv6: true } }))
    .compile(manifestJsonSchema())

  it("takes five hundred manifests that the reader takes", () => {
    holdsFor(
      property(anyManifest, ({ manifest }) => {
        assert.ok(validate(JSON.parse(JSON.stringify(manifest))), JSON.stringify(validate.errors))
      }),
      { numRuns: 500 },
    )
  })

  it("refuses what the reader refuses and takes what it takes, wherever a manifest is spoilt", () => {
    let refused = 0
    holdsFor(
      property(
        anyManifest,
        tuple(integer({ min: 0, max: 10_000 }), constantFrom(...SPOILERS)),
        ({ manifest }, [at, spoil]) => {
          const spoilt = spoiltAt(JSON.parse(JSON.stringify(manifest)), at, spoil)
          const reads = ManifestSchema.safeParse(spoilt).success
          assert.equal(
            validate(spoilt),
            reads,
            `${JSON.stringify(spoilt)} ${JSON.stringify(validate.errors)}`,
          )
          if (!reads) refused += 1
        },
      ),
      { numRuns: 1000 },
    )
    assert.ok(refused > 500, String(refused))
  })
})

/** What is put in the place of something in a manifest. */
const SPOILERS: readonly unknown[] = [
  null,
  7,
  -1,
  1.5,
  true,
  "",
  "x",
  [],
  {},
  ["x"],
  [7],
  { under: 7 },
  { x: 1 },
  { inSet: "" },
  undefined,
]

function spoiltAt(value: unknown, at: number, spoiler: unknown): unknown {
  const places = placesIn(value, [])
  const [holder, key] = places[at % places.length] ?? []
  if (holder && key !== undefined) holder[key] = spoiler
  return JSON.parse(JSON.stringify(value))
}

type Holder = Record<string, unknown>

/** Every member of everything, and a member more of each object. */
function placesIn(value: unknown, found: [Holder, string][]): [Holder, string][] {
  if (typeof value !== "object" || value === null) return found
  const holder = value as Holder
  if (!Array.isArray(value)) found.push([holder, "unknown"])
  for (const [key, member] of Object.entries(holder)) {
    found.push([holder, key])
    placesIn(member, found)
  }
  return found
}

function compiled(manifest: Manifest): ReturnType<typeof compileManifest> {
  return compileManifest({ agent: "agt_1", manifest, tools: TOOLS, servers: { bank: "srv_1" }, sets: SETS })
}

function judge(base: PolicyBase, { manifest, calls }: AnyManifest): number {
  let decisions = 0
  for (const [index, { within, outside }] of calls.entries()) {
    const tool = manifest.tools[index]?.tool ?? ""
    const approved = asksIn(manifest).flatMap(({ ask }) => routesOf(ask))
    assert.equal(effectOf(base, tool, within, approved), "permit", JSON.stringify([manifest, within]))
    for (const args of outside)
      assert.equal(effectOf(base, tool, args, approved), "deny", JSON.stringify([manifest, args]))
    for (const route of routesAsked(manifest, index)) {
      const others = approved.filter((one) => one !== route)
      assert.equal(effectOf(base, tool, within, others), "ask", JSON.stringify([manifest, route]))
    }
    decisions += 1 + outside.length
  }
  return decisions
}

const SESSION: SessionFacts = {
  now: new Date("2026-11-21T10:00:00Z"),
  door: "gateway",
  env: "dev",
  bound: "dpop",
  ip: "10.0.0.1",
  posture: ["endpoint:private", "managed", "key:tpm"],
  left: { calls: 1, spend: "0" },
}

/** The tools of generated manifests read. */
function routesAsked({ ask = {}, tools }: Manifest, index: number): readonly string[] {
  return [...routesOf(tools[index]?.ask), ...routesOf(ask.read)]
}

function effectOf(base: PolicyBase, tool: string, args: object, approved: readonly string[]): string {
  const exact: Json = parseLossless(JSON.stringify(args))
  return (
    decide(base, {
      organisation: "org_1",
      action: { tool, digest: "d", arguments: exact },
      server: { id: "srv_1" },
      links: { task: { id: "tsk_1", agent: "agt_1" }, agents: [AGENT] },
      session: { ...SESSION, approved },
    }).links.find(({ link }) => link === "agent")?.effect ?? ""
  )
}

const AGENT = { id: "agt_1", owner: "usr_1", tier: "operator", category: "local", risk: 1 } as const
