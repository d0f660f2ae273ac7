import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Id, type Json, parseLossless } from "@tabard/core"
import {
  compilePolicies,
  compileSchema,
  decide,
  type PinnedTool,
  type PolicyBase,
  type SessionFacts,
} from "@tabard/policy"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { constantFrom, assert as holdsFor, integer, property, tuple } from "fast-check"
import { asksIn, routesOf } from "./ask-routes.ts"
import { compileManifest } from "./compile-manifest.ts"
import type { Manifest } from "./manifest.ts"
import { ManifestSchema, manifestJsonSchema } from "./reading/manifest-schema.ts"
import { readManifest } from "./reading/read-manifest.ts"
import { writeManifest } from "./reading/write-manifest.ts"
import { type AnyManifest, anyManifest } from "./testing/any-manifest.ts"
import { SERVERS, SETS, TOOLS } from "./testing/manifest-tools.ts"
import { FORGOTTEN, tellsEverything } from "./testing/told-in-words.ts"

const SCHEMA = compileSchema(TOOLS)

describe("of a thousand manifests, each", () => {
  it("is read as it was written, lets through what is within its limits and nothing just outside, nor where a condition fails", () => {
    let seen = 0
    const decisions = { judged: 0, unmet: 0 }
    holdsFor(
      property(anyManifest, (any) => {
        const read = readManifest(writeManifest(any.manifest))
        assert.deepEqual(read, any.manifest)
        const { policies } = compiled(any.agent, read)
        assert.deepEqual(compiled(any.agent, any.manifest).policies, policies)
        // Parsed by Cedar, and held against the schema by it: one policy that does not hold refuses all.
        const base = compilePolicies({ schema: SCHEMA, policies, version: 1 })
        decisions.judged += judge(base, any)
        decisions.unmet += judgeUnmet(base, any)
        seen += 1
      }),
      { numRuns: 1000 },
    )
    assert.equal(seen, 1000)
    assert.ok(decisions.judged > 5000 && decisions.unmet > 2000, JSON.stringify(decisions))
  })

  it("is told in words that name each of its tools, limits, conditions, ends and whoever is asked", () => {
    holdsFor(
      property(
        anyManifest,
        tellsEverything(({ agent, manifest }) => compiled(agent, manifest).sentences),
      ),
      {
        numRuns: 1000,
      },
    )
  })

  for (const [what, forget] of Object.entries(FORGOTTEN)) {
    it(`is not told by a copy that forgets ${what}`, () => {
      const copy = tellsEverything(
        ({ agent, manifest }) => compiled(agent, { ...manifest, ...forget(manifest) }).sentences,
      )
      assert.throws(
        () => holdsFor(property(anyManifest, copy), { numRuns: 1000, endOnFailure: true }),
        ({ cause }: Error) => cause instanceof assert.AssertionError && /is not told/.test(cause.message),
      )
    })
  }
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

function compiled(agent: Id<"agent">, manifest: Manifest): ReturnType<typeof compileManifest> {
  return compileManifest({ agent, manifest, tools: TOOLS, servers: SERVERS, sets: SETS })
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

function judge(base: PolicyBase, { agent, manifest, calls }: AnyManifest): number {
  let decisions = 0
  const approved = everybodyAsked(manifest)
  for (const [index, { tool, within, outside }] of calls.entries()) {
    const effect = (args: object, agreed = approved): string =>
      effectOf(base, { agent, tool, args, session: { ...SESSION, approved: agreed } })
    assert.equal(effect(within), "permit", JSON.stringify([manifest, within]))
    for (const args of outside) assert.equal(effect(args), "deny", JSON.stringify([manifest, args]))
    for (const route of routesAsked(manifest, index, tool)) {
      const others = approved.filter((one) => one !== route)
      assert.equal(effect(within, others), "ask", JSON.stringify([manifest, route]))
    }
    decisions += 1 + outside.length
  }
  return decisions
}

/** The same calls, within every limit, where one thing around them is not as the manifest says: who agreed changes nothing. */
function judgeUnmet(base: PolicyBase, { agent, manifest, calls }: AnyManifest): number {
  let decisions = 0
  const approved = everybodyAsked(manifest)
  for (const [index, { tool, within: args }] of calls.entries()) {
    for (const [what, unmet] of Object.entries(UNMET)) {
      const entry = manifest.tools[index]
      const own = entry?.conditions ?? {}
      if (!unmet.isSaid(manifest) && !unmet.isSaid({ ...manifest, conditions: own })) continue
      const session = { ...SESSION, approved, ...unmet.session }
      const effect = effectOf(base, { agent, tool, args, session, task: unmet.task ?? true })
      assert.equal(effect, "deny", `${what}: ${JSON.stringify(manifest)}`)
      decisions += 1
    }
  }
  return decisions
}

interface Unmet {
  /** Whether a manifest says something that does not hold then; an entry's conditions stand in for its own. */
  readonly isSaid: (said: Manifest) => boolean
  readonly session?: Partial<SessionFacts>
  readonly task?: boolean
}

const UNMET: Readonly<Record<string, Unmet>> = {
  "from elsewhere": {
    isSaid: ({ conditions }) => conditions?.networks?.every((each) => each === "10.0.0.0/8") === true,
    session: { ip: "192.0.2.1" },
  },
  "over the open internet": {
    isSaid: ({ conditions }) => conditions?.privateEndpoint === true,
    session: { posture: ["managed", "key:tpm"] },
  },
  "by a client of which a door says less": {
    isSaid: ({ conditions }) => conditions?.posture?.includes("managed") === true,
    session: { posture: ["endpoint:private", "key:tpm"] },
  },
  "by a key that anybody could have": {
    isSaid: ({ identity }) => identity !== undefined && !identity.includes("file-key"),
    session: { posture: ["endpoint:private", "managed", "key:file"] },
  },
  "on a Sunday": {
    isSaid: ({ conditions }) => conditions?.hours?.every(({ days }) => days.join() === "sat") === true,
    session: { now: new Date("2026-11-22T10:00:00Z") },
  },
  "after its end": {
    isSaid: ({ expires }) => expires !== undefined,
    session: { now: new Date("2030-03-02T10:00:00Z") },
  },
  "without a task": { isSaid: ({ standing }) => standing !== true, task: false },
}

function everybodyAsked(manifest: Manifest): readonly string[] {
  return asksIn(manifest).flatMap(({ ask }) => routesOf(ask))
}

function routesAsked(
  { ask = {}, tools }: Manifest,
  index: number,
  { effects }: PinnedTool,
): readonly string[] {
  return [...routesOf(tools[index]?.ask), ...effects.flatMap((effect) => routesOf(ask[effect]))]
}

interface AskedCall {
  readonly agent: Id<"agent">
  readonly tool: PinnedTool
  readonly args: object
  readonly session: SessionFacts
  readonly task?: boolean
}

function effectOf(base: PolicyBase, { agent, tool, args, session, task = true }: AskedCall): string {
  const exact: Json = parseLossless(JSON.stringify(args))
  const facts = { id: agent, owner: "usr_1", tier: "operator", category: "local", risk: 1 } as const
  return (
    decide(base, {
      organisation: "org_1",
      action: { tool: tool.name, digest: tool.digest, arguments: exact },
      server: { id: tool.server },
      links: { ...(task && { task: { id: "tsk_1", agent } }), agents: [facts] },
      session,
    }).links.find(({ link }) => link === "agent")?.effect ?? ""
  )
}
