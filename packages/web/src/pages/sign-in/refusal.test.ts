import { describe, expect, it } from "vitest"
import { refusalIn } from "./refusal.ts"

describe("why a provider did not lead in", () => {
  it("is said in words for what is known, and never as it stands in the address", () => {
    expect(refusalIn("")).toBeUndefined()
    expect(refusalIn("?refused=sign_in_refused")).toMatch(/invite you/)
    for (const odd of ["", "<b>x</b>", "constructor", "__proto__"]) {
      expect(refusalIn(`?refused=${encodeURIComponent(odd)}`)).toBe("Signing in did not work. Begin again.")
    }
  })
})
