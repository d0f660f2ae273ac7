import { TRUST_FORMS } from "@tabard/core"
import { describe, expect, it } from "vitest"
import { NEW_TRUST, TRUST_ASKS, type TrustDraft, trustFieldsOf, trustWishOf } from "./trust-draft.ts"

describe("what is filled in for a trust rule", () => {
  it("sends every field that a form asks for, whatever kind of issuer it is", () => {
    for (const form of TRUST_FORMS) {
      const typed = TRUST_ASKS[form].filter(({ choices }) => !choices).map(({ name }) => name)
      const said = Object.fromEntries(typed.map((name) => [name, ` ${name} `]))
      const filled = Object.fromEntries(typed.map((name) => [name, name]))
      expect(trustFieldsOf({ form, said })).toEqual({ form, ...filled })
    }
  })

  it("leaves out what is empty, what belongs to another kind of issuer, and what stays as usual", () => {
    const said = {
      issuer: "https://id.example",
      subject: "  ",
      namespace: "jobs",
      keysAddress: "left behind",
    }
    expect(JSON.parse(JSON.stringify(wishOf({ form: "openid", said })))).toEqual({
      agent: "agt_1",
      fields: { form: "openid", issuer: "https://id.example" },
    })
  })

  it("says once or as often as it lives only where that was chosen, and the longest life in seconds", () => {
    expect(wishOf({ counts: "once" })?.oneTime).toBe(true)
    expect(wishOf({ counts: "often" })?.oneTime).toBe(false)
    expect(wishOf({ said: { maxLifeMinutes: "10" } })?.maxLifeSeconds).toBe(600)
  })

  it("names the older issuer of Entra where that was chosen", () => {
    const said = { tenant: "t", objectId: "o" }
    const older = { form: "entra", ...said, version: 1 }
    expect(trustFieldsOf({ form: "entra", said: { ...said, version: "1" } })).toEqual(older)
    expect(trustFieldsOf({ form: "entra", said: { ...said, version: "2" } })).not.toEqual(older)
  })

  it("bounds from where and when where that was filled in, and nothing where it was not", () => {
    const office = { days: ["mon"], from: "08:00", to: "18:00", zone: "UTC" } as const
    const bounded = wishOf({ said: { networks: "10.0.0.0/8\n fd00::/8" }, hours: [office] })
    expect([bounded?.networks, bounded?.hours]).toEqual([["10.0.0.0/8", "fd00::/8"], [office]])
    const unbound = wishOf({ said: { networks: " " } })
    expect([unbound?.networks, unbound?.hours]).toEqual([undefined, undefined])
  })

  it("reads a claim within another, and each line as a value", () => {
    const within = { claim: "kubernetes.io > namespace", test: "is", values: " jobs \n\nreports" } as const
    const plain = { claim: "https://id.example/groups", test: "begins", values: "a/" } as const
    expect(wishOf({ also: [within, plain] })?.also).toEqual([
      { claim: ["kubernetes.io", "namespace"], test: "is", values: ["jobs", "reports"] },
      { claim: ["https://id.example/groups"], test: "begins", values: ["a/"] },
    ])
  })

  it("takes keys that are put in as a set or as one, and no other text for keys", () => {
    const key = { kty: "EC", kid: "1" }
    for (const held of [{ keys: [key] }, key])
      expect(wishOf({ keysFrom: "inline", said: { keys: JSON.stringify(held) } })?.keys).toEqual({
        kind: "inline",
        keys: [key],
      })
    for (const keys of ["", "-----BEGIN PUBLIC KEY-----", "[]", '{"keys":[]}', '"key"'])
      expect(wishOf({ keysFrom: "inline", said: { keys } })).toBeUndefined()
  })
})

function wishOf(differs: Partial<TrustDraft>) {
  return trustWishOf("agt_1", { ...NEW_TRUST, ...differs })
}
