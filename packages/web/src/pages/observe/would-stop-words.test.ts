import { describe, expect, it } from "vitest"
import { wouldBeSentence, wouldStopWords } from "./would-stop-words.ts"

const FINE = { calls: 31, permitted: 31, asked: 0, denied: 0, unjudged: 0 }

describe("what enforcing would stop, in words", () => {
  it("is said on the button with how many, and not at all where it is none", () => {
    expect(wouldStopWords(FINE)).toBe("")
    expect(wouldStopWords({ ...FINE, denied: 1 })).toBe("deny 1 call")
    expect(wouldStopWords({ ...FINE, denied: 4, asked: 2 })).toBe("deny 4 calls and ask about 2")
  })

  it("tells what is not known from what would be permitted", () => {
    expect(wouldBeSentence(FINE)).toBe("Enforcing would stop none of 31 calls.")
    expect(wouldBeSentence({ ...FINE, permitted: 25, asked: 2, denied: 4 })).toBe(
      "Of 31 calls 25 would be permitted, 2 asked about and 4 denied.",
    )
    expect(wouldBeSentence({ ...FINE, permitted: 30, unjudged: 1 })).toBe(
      "Enforcing would stop none of 30 calls. Too little is kept of 1 call to judge it again.",
    )
    expect(wouldBeSentence({ ...FINE, permitted: 0, unjudged: 31 })).toBe(
      "None of them can be judged again. Too little is kept of 31 calls to judge them again.",
    )
  })
})
