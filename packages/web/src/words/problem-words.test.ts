import { ApiProblem } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { problemWords } from "./problem-words.ts"

describe("a refusal", () => {
  it("is a sentence", () => {
    expect(problemWords(refusal("the folder is not allowed"))).toBe("The folder is not allowed.")
    expect(problemWords(refusal("nothing: try again"))).toBe("Nothing: try again.")
  })

  it("keeps names and ids as they are written", () => {
    expect(problemWords(refusal("agt_01a2 is retired"))).toBe("agt_01a2 is retired.")
    expect(problemWords(refusal("read_text_file is not pinned"))).toBe("read_text_file is not pinned.")
    expect(problemWords(refusal("path/x is outside"))).toBe("path/x is outside.")
  })
})

function refusal(message: string): ApiProblem {
  return new ApiProblem(409, "refused", message)
}
