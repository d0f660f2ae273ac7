import { describe, expect, it } from "vitest"
import { reasonIn } from "./reason-in.ts"

describe("why an agent was stopped", () => {
  it("is the reason that the event holds, or the exception that was signed", () => {
    expect(reasonIn({ data: { reason: "odd" } })).toBe("odd")
    expect(reasonIn({ data: { exception: "the vendor is gone" } })).toBe("the vendor is gone")
  })

  it("is not made up where the event does not say it", () => {
    for (const body of [null, "text", {}, { data: null }, { data: { reason: 7 } }, { data: { reason: "" } }])
      expect(reasonIn(body)).toBeUndefined()
  })
})
