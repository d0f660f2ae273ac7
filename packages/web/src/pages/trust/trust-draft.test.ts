import { TRUST_FORMS } from "@tabard/core"
import { describe, expect, it } from "vitest"
import { TRUST_ASKS, trustFieldsOf, trustWishOf } from "./trust-draft.ts"

describe("what is filled in for a trust rule", () => {
  it("sends every field that a form asks for, whatever kind of issuer it is", () => {
    for (const form of TRUST_FORMS) {
      const names = TRUST_ASKS[form].map(({ name }) => name)
      const said = Object.fromEntries(names.map((name) => [name, ` ${name} `]))
      const filled = Object.fromEntries(names.map((name) => [name, name]))
      expect(trustFieldsOf({ name: "", form, said })).toEqual({ form, ...filled })
    }
  })

  it("leaves out what is empty, and what belongs to another kind of issuer", () => {
    const said = { issuer: "https://id.example", subject: "  ", namespace: "jobs" }
    const { fields, audience, keys } = trustWishOf("agt_1", { name: "ci", form: "openid", said })
    expect(fields).toEqual({ form: "openid", issuer: "https://id.example" })
    expect([audience, keys]).toEqual([undefined, undefined])
  })
})
