import { describe, expect, it } from "vitest"
import { enrolCommand } from "./enrol-command.ts"

describe("the command that enrols a key", () => {
  it("is short where nothing needs a quote", () => {
    expect(enrolCommand("http://localhost:7300", "abc_1-2", "my-laptop")).toBe(
      "npx --no-install tabard agents enroll --server http://localhost:7300 --code abc_1-2 --label my-laptop",
    )
  })

  it("hands over a code that begins with a hyphen as a code", () => {
    expect(enrolCommand("http://localhost", "-ab", "--out")).toMatch(/ --code=-ab --label=--out$/)
  })

  it("cannot be made to run anything else by what was typed as a label", () => {
    expect(enrolCommand("http://localhost", "c", "Ann's $(rm -rf ~)")).toMatch(
      /--label 'Ann'\\''s \$\(rm -rf ~\)'$/,
    )
  })
})
