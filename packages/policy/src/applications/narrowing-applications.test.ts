import assert from "node:assert/strict"
import { describe, it } from "node:test"
import * as fc from "fast-check"
import { type CompiledApplication, compileApplication } from "./compile-application.ts"
import { type ApplicationQuestion, evaluateApplication } from "./evaluate-application.ts"

const SCHEMA = `namespace Clinic {
  entity team;
  entity nurse in [team] { level: Long, @from("caller") ward?: String };
  entity chart { ward: String, @from("caller") sealed?: Bool };
  action read, write appliesTo { principal: [nurse], resource: [chart], context: { action: { count?: Long } } };
}`

/** None of them errs: taking away what erred gives back what it had denied. */
const PERMITS = [
  `permit (principal in Clinic::team::"day", action == Clinic::Action::"read", resource);`,
  "permit (principal, action, resource) when { principal has ward && principal.ward == resource.ward };",
  "permit (principal, action, resource) when { principal has level && principal.level > 2 };",
]

const FORBIDS = [
  "forbid (principal, action, resource) when { resource has sealed && resource.sealed };",
  `forbid (principal, action == Clinic::Action::"write", resource) when { principal.level < 2 };`,
  "forbid (principal, action, resource) when { context.action has count && context.action.count > 3 };",
]

/** Errs where the caller counts to the end of what an integer holds. */
const ERRS =
  "forbid (principal, action, resource) when { context.action has count && context.action.count + 9223372036854775807 < 0 };"

const ENTITIES = [
  { uid: { type: "nurse", id: "ann" }, attrs: { level: 3 }, parents: [{ type: "team", id: "day" }] },
  { uid: { type: "nurse", id: "bea" }, attrs: { level: 1 }, parents: [] },
  { uid: { type: "chart", id: "c1" }, attrs: { ward: "north" }, parents: [] },
]

const COMPILED = new Map<string, CompiledApplication>()

const QUESTIONS = fc.record({
  nurse: fc.constantFrom("ann", "bea", "nobody"),
  action: fc.constantFrom("read", "write"),
  ward: fc.option(fc.constantFrom("north", "south"), { nil: undefined }),
  sealed: fc.option(fc.boolean(), { nil: undefined }),
  count: fc.option(fc.constantFrom(1, 5), { nil: undefined }),
})

type Asked = typeof QUESTIONS extends fc.Arbitrary<infer Value> ? Value : never
type Allows = (policies: readonly string[], asked: Asked) => boolean

const LAWS: Readonly<Record<string, (allows: Allows) => void>> = {
  "taking a permit away never allows more": (allows) =>
    never(allows, PERMITS, (others, one) => [[...others, one], others]),
  "a forbid more never allows more": (allows) =>
    never(allows, FORBIDS, (others, one) => [others, [...others, one]]),
  "a policy that errs never allows more": (allows) =>
    never(allows, [ERRS], (others, one) => [others, [...others, one]]),
}

/** Copies that get one thing wrong, and the law that tells. */
const BROKEN: Readonly<Record<string, readonly [Allows, string]>> = {
  "permits what no permit speaks of": [
    (policies, asked) => policies.every((text) => !text.startsWith("permit")) || ours(policies, asked),
    "taking a permit away never allows more",
  ],
  "takes a forbid for a permit": [
    (policies, asked) => policies.some((text) => text.startsWith("forbid")) || ours(policies, asked),
    "a forbid more never allows more",
  ],
  "takes an error for a yes": [
    (policies, asked) => codeOf(policies, asked) === "evidence_missing" || ours(policies, asked),
    "a policy that errs never allows more",
  ],
}

describe("for any policies of an application and any question", () => {
  for (const [law, holds] of Object.entries(LAWS)) it(law, () => holds(ours))

  for (const [what, [copy, law]] of Object.entries(BROKEN)) {
    it(`a copy that ${what} is told by its law`, () => {
      assert.throws(() => LAWS[law]?.(copy), /Property failed/)
    })
  }
})

/** Holds that with the second policies nothing is allowed that the first did not allow. */
function never(
  allows: Allows,
  ones: readonly string[],
  change: (others: readonly string[], one: string) => readonly [readonly string[], readonly string[]],
): void {
  const sets = fc.subarray([...PERMITS, ...FORBIDS])
  fc.assert(
    fc.property(sets, fc.constantFrom(...ones), QUESTIONS, (some, one, asked) => {
      const [before, after] = change(
        some.filter((text) => text !== one),
        one,
      )
      assert.ok(allows(before, asked) || !allows(after, asked))
    }),
    { numRuns: 200, seed: 7 },
  )
}

function ours(policies: readonly string[], asked: Asked): boolean {
  return codeOf(policies, asked) === "permitted"
}

function codeOf(policies: readonly string[], asked: Asked): string {
  return evaluateApplication(applicationOf(policies.toSorted().join("\n")), questionOf(asked)).code
}

function applicationOf(policies: string): CompiledApplication {
  const application =
    COMPILED.get(policies) ??
    compileApplication({ name: "clinic", schema: SCHEMA, policies, entities: ENTITIES })
  COMPILED.set(policies, application)
  return application
}

function questionOf({ nurse, action, ward, sealed, count }: Asked): ApplicationQuestion {
  return {
    subject: { type: "nurse", id: nurse, properties: ward === undefined ? {} : { ward } },
    action: { name: action, properties: count === undefined ? {} : { count } },
    resource: { type: "chart", id: "c1", properties: sealed === undefined ? {} : { sealed } },
    context: {},
  }
}
