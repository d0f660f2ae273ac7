import { describe, expect, it } from "vitest"
import { tellingNames } from "./telling-names.ts"

describe("agents to choose from", () => {
  it("say their place where another has the same name, and are in order", () => {
    const agents = [
      { id: "3", name: "Zed", place: "/home/ann/.config/zed" },
      { id: "2", name: "Claude Code", place: "/srv/shop" },
      { id: "1", name: "Claude Code", place: "/home/ann" },
      { id: "4", name: "Claude Code", place: null },
    ]
    expect(tellingNames(agents)).toEqual([
      { id: "4", words: "Claude Code" },
      { id: "1", words: "Claude Code, home/ann" },
      { id: "2", words: "Claude Code, srv/shop" },
      { id: "3", words: "Zed" },
    ])
  })
})
