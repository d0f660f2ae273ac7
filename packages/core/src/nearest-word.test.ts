import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { nearestWord } from "./nearest-word.ts"

describe("the word that was probably meant", () => {
  it("is the nearest of those that are a slip or two away", () => {
    const known = ["ask", "say", "requestable", "GitHub", "GitLab"]
    for (const [word, meant] of [
      ["aks", "ask"],
      ["requestble", "requestable"],
      ["github", "GitHub"],
      ["Gitlba", "GitLab"],
      ["sya", "say"],
    ] as const)
      assert.equal(nearestWord(word, known), meant, word)
  })

  it("is none where every word is another", () => {
    for (const word of ["obligation", "production", ""])
      assert.equal(nearestWord(word, ["requestable", "GitHub"]), undefined, word)
  })
})
