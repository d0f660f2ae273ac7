import { describe, expect, it } from "vitest"
import { reasonIn } from "./reason-in.ts"

describe("why an agent was stopped", () => {
  it("is the reason that stands beside the event, or the exception that was signed", () => {
    const beside = (field: string) => [{ field, state: "kept", value: "odd" } as const]
    expect(reasonIn({ body: {}, beside: beside("data.reason") })).toBe("odd")
    expect(reasonIn({ body: {}, beside: beside("data.exception") })).toBe("odd")
  })

  it("is what an event of before commitments holds itself", () => {
    expect(reasonIn({ body: { data: { reason: "odd" } }, beside: [] })).toBe("odd")
    expect(reasonIn({ body: { data: { exception: "the vendor is gone" } }, beside: [] })).toBe(
      "the vendor is gone",
    )
  })

  it("is not made up where the event does not say it, or its reason was erased", () => {
    for (const body of [null, "text", {}, { data: null }, { data: { reason: 7 } }, { data: { reason: "" } }])
      expect(reasonIn({ body, beside: [] })).toBeUndefined()
    const erased = { field: "data.reason", state: "erased", value: null } as const
    expect(reasonIn({ body: {}, beside: [erased] })).toBeUndefined()
  })
})
