import { describe, expect, it } from "vitest"
import { retirement, suspension } from "./consequences.ts"

const NOTHING = { tokens: 0, keys: 0, tasks: 0, questions: 0 }

describe("a dangerous button", () => {
  it("says what suspending ends and withdraws, and to how many", () => {
    expect(suspension("Claude Code", { ...NOTHING, tokens: 2, questions: 1 })).toBe(
      "Suspend Claude Code, end 2 tokens and withdraw 1 question",
    )
  })

  it("does not speak of what is not there", () => {
    expect(suspension("Claude Code", NOTHING)).toBe("Suspend Claude Code")
    expect(suspension("Claude Code", { ...NOTHING, tokens: 1 })).toBe("Suspend Claude Code and end 1 token")
  })

  it("says everything that retiring takes", () => {
    expect(retirement("Cursor", { tokens: 1, keys: 2, tasks: 1, questions: 0 })).toBe(
      "Retire Cursor for ever, end 1 token, revoke 2 keys and close 1 task",
    )
  })
})
