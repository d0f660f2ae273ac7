import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { isJsonObject, type JsonObject, ManualClock, TRUST_FORMS, type TrustForm } from "@tabard/core"
import { judgeWorkload } from "./judge-workload.ts"
import { AUDIENCE, termsOf, tokenOf, WORKLOADS } from "./testing/workloads.ts"

const now = new ManualClock("2026-11-01T12:00:00.000Z").now()
const seconds = now.getTime() / 1000

type Attack = { readonly claims?: JsonObject; readonly header?: JsonObject }

/** Of what every kind of issuer has to be refused, and the check that has to say so. */
const ATTACKS: Readonly<Record<string, readonly [string, (form: TrustForm) => Attack]>> = {
  "RFC7523 §3 (1): another issuer": ["issuer", (form) => elsewhere(form, "https://evil.example")],
  "RFC7523 §3 (1): its issuer with a slash more or less": [
    "issuer",
    (form) => elsewhere(form, slashed(WORKLOADS[form].issuer)),
  ],
  "RFC7523 §3 (1): its issuer in capitals": [
    "issuer",
    (form) => elsewhere(form, WORKLOADS[form].issuer.toUpperCase()),
  ],
  "RFC7523 §3 (2): no subject": ["subject", () => ({ claims: { sub: undefined } })],
  "RFC7523 §3 (2): an empty subject": ["subject", () => ({ claims: { sub: "" } })],
  "RFC7523 §3 (3): no audience": ["audience", () => ({ claims: { aud: undefined } })],
  "RFC7523 §3 (3): another audience": ["audience", () => ({ claims: { aud: "https://other.example" } })],
  "RFC7523 §3 (3): its audience with a slash": ["audience", () => ({ claims: { aud: `${AUDIENCE}/` } })],
  "RFC7523 §3 (3): an audience besides": [
    "audience",
    () => ({ claims: { aud: [AUDIENCE, "https://other"] } }),
  ],
  "RFC7523 §3 (3): an empty list of audiences": ["audience", () => ({ claims: { aud: [] } })],
  "RFC7523 §3 (4): no exp": ["expired", () => ({ claims: { exp: undefined } })],
  "RFC7523 §3 (4): an exp that is text": ["expired", () => ({ claims: { exp: String(seconds + 300) } })],
  "RFC7523 §3 (4): an exp that is over": ["expired", () => ({ claims: { exp: seconds } })],
  "RFC7523 §3 (5): an nbf that lies ahead": ["not_yet", () => ({ claims: { nbf: seconds + 31 } })],
  "RFC7523 §3 (6): an iat that lies ahead": ["not_yet", () => ({ claims: { iat: seconds + 31 } })],
  "RFC7523 §3 (6): no iat": ["not_yet", () => ({ claims: { iat: undefined, nbf: undefined } })],
  "RFC7523 §3 (6): a life over the maximum": [
    "life",
    (form) => ({ claims: { exp: seconds + termsOf(form).maxLifeSeconds + 1 } }),
  ],
  "RFC7523 §3 (6): a life that ends before it begins": [
    "life",
    () => ({ claims: { iat: seconds + 20, nbf: seconds, exp: seconds + 10 } }),
  ],
  "RFC7523 §3 (9): no signature (alg none)": ["algorithm", () => ({ header: { alg: "none" } })],
  "RFC7523 §3 (9): a shared secret (HS256)": ["algorithm", () => ({ header: { alg: "HS256" } })],
  "RFC7523 §3 (9): an algorithm in small letters": ["algorithm", () => ({ header: { alg: "rs256" } })],
  "RFC7515 §4.1.11: an extension that must be understood": ["header", () => ({ header: { crit: ["x"] } })],
  "RFC8725 §3.11: another type of JWT": ["header", () => ({ header: { typ: "at+jwt" } })],
}

describe("a trust rule of each kind of issuer", () => {
  for (const form of TRUST_FORMS) {
    it(`takes the token that it is about: ${form}`, () => {
      assert.deepEqual(judgeWorkload(termsOf(form), tokenOf(form, now), now), [])
    })

    it(`takes the token in the last second of its life: ${form}`, () => {
      const at = new Date(now.getTime() + 299_999)
      assert.deepEqual(judgeWorkload(termsOf(form), tokenOf(form, now), at), [])
    })

    for (const [attack, [code, changes]] of Object.entries(ATTACKS)) {
      it(`refuses ${attack}: ${form}`, () => {
        assert.ok(codes(form, changes(form)).includes(code), JSON.stringify(codes(form, changes(form))))
      })
    }

    it(`refuses each of its conditions that is not met, and one in another case: ${form}`, () => {
      const terms = termsOf(form)
      for (const { claim, test, values } of terms.conditions) {
        for (const wrong of [`${values[0]}x`, values[0]?.toUpperCase(), undefined, 7, [values[0] ?? ""]]) {
          if (wrong === values[0]) continue
          const { header, claims } = tokenOf(form, now)
          const refused = judgeWorkload(terms, { header, claims: withClaim(claims, claim, wrong) }, now)
          const begins = test === "begins" && wrong === `${values[0]}x`
          assert.equal(refused.length > 0, !begins, `${claim.join(".")} = ${String(wrong)}`)
        }
      }
    })
  }
})

/** For SPIFFE, whose tokens need no `iss`, the issuer is the trust domain of the subject. */
function elsewhere(form: TrustForm, issuer: string): Attack {
  return form === "spiffe"
    ? { claims: { sub: "spiffe://evil.example/agents/notes" } }
    : { claims: { iss: issuer } }
}

function slashed(issuer: string): string {
  return issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`
}

function codes(form: TrustForm, attack: Attack): readonly string[] {
  return judgeWorkload(termsOf(form), tokenOf(form, now, attack), now).map(({ code }) => code)
}

function withClaim(
  claims: JsonObject,
  [name = "", ...rest]: readonly string[],
  value: JsonObject[string],
): JsonObject {
  if (rest.length === 0) return { ...claims, [name]: value }
  const inner = claims[name]
  return { ...claims, [name]: withClaim(isJsonObject(inner) ? inner : {}, rest, value) }
}
