import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock, TRUST_FORMS, type TrustFields, type TrustForm } from "@tabard/core"
import type { TrustWish } from "./propose-terms.ts"
import { proposeTerms } from "./propose-terms.ts"
import { ruleWarnings } from "./rule-warnings.ts"
import { AUDIENCE, termsOf, WORKLOADS } from "./testing/workloads.ts"
import { tryNeighbours } from "./try-neighbours.ts"

const now = new ManualClock("2026-11-01T12:00:00.000Z").now()

describe("what a rule shows before it is kept", () => {
  for (const form of TRUST_FORMS) {
    it(`is that it takes its own workload, and nothing near it: ${form}`, () => {
      const [own, ...near] = tryNeighbours(WORKLOADS[form].fields, termsOf(form), now)
      assert.deepEqual(own?.faults, [])
      assert.ok(near.length >= 4)
      // A branch is not demanded of this workflow, which the table shows.
      const open = form === "github-actions" ? ["Another branch of the repository"] : []
      const taken = near.filter(({ faults }) => faults.length === 0).map(({ title }) => title)
      const below = form === "openid" ? [] : open
      assert.deepEqual(taken, below)
      for (const { faults, title } of near) if (!taken.includes(title)) assert.ok(faults[0]?.said, title)
    })
  }

  it("is which neighbours a rule by name lets in: who took over the name", () => {
    assert.deepEqual(taken({ form: "github-actions", repository: "acme/app" }), [
      "The workload itself",
      "Another branch of the repository",
      "A pull request, also one of a stranger's where its workflow may ask for tokens",
      "Another workflow of the repository",
      "A job in another environment",
      "A job in no environment",
      "A repository that took over the name acme/app",
      "acme/app in the hands of another acme",
    ])
  })

  it("is that a service account by name may be made again", () => {
    const { uid: _uid, ...fields } = { uid: undefined, ...WORKLOADS.kubernetes.fields }
    assert.ok(taken(fields).includes("The service account after it was deleted and made again"))
  })

  it("is what stands below a path of a trust domain", () => {
    const fields: TrustFields = { form: "spiffe", spiffeId: "spiffe://acme.example/agents/" }
    assert.deepEqual(taken(fields, WORKLOADS.spiffe.wish), ["The workload itself", "A workload below it"])
  })
})

describe("a rule warns", () => {
  const cases: readonly (readonly [string, TrustFields, readonly string[], Partial<TrustWish>?])[] = [
    ["of nothing where ids, place, life and use are held", WORKLOADS["github-actions"].fields, []],
    [
      "of names, and of what is not narrowed",
      { form: "github-actions", repository: "acme/app" },
      ["mutable_name", "wide"],
    ],
    [
      "of an audience that others take",
      WORKLOADS["github-actions"].fields,
      ["elsewhere"],
      { audience: "https://github.com/acme" },
    ],
    ["of tokens that count again", WORKLOADS["github-actions"].fields, ["reusable"], { oneTime: false }],
    ["of long lives", WORKLOADS["github-actions"].fields, ["long_life"], { maxLifeSeconds: 86_400 }],
    [
      "of an address, which may be given to somebody else",
      { form: "openid", issuer: "https://id.example", subject: "x" },
      ["mutable_name", "reusable"],
      { also: [{ claim: ["email"], test: "is", values: ["a@b.example"] }] },
    ],
    [
      "of keys that were put in",
      WORKLOADS.spiffe.fields,
      ["reusable", "fixed_keys"],
      { keys: { kind: "inline", keys: [] } },
    ],
  ]
  for (const [what, fields, codes, wish = {}] of cases) {
    it(what, () => {
      const terms = proposeTerms({ fields, audience: AUDIENCE, ...wish })
      assert.deepEqual(
        ruleWarnings(fields, terms, AUDIENCE).map(({ code }) => code),
        codes,
      )
    })
  }
})

function taken(
  fields: TrustFields & { readonly form: TrustForm },
  wish: Partial<TrustWish> = {},
): readonly string[] {
  const terms = proposeTerms({ fields, audience: AUDIENCE, ...wish })
  return tryNeighbours(fields, terms, now)
    .filter(({ faults }) => faults.length === 0)
    .map(({ title }) => title)
}
