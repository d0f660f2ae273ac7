import { describe, expect, it } from "vitest"
import { plainText, textParts } from "./plain-text.ts"

describe("text that came from an agent", () => {
  it("is shown as it is where nothing in it hides", () => {
    expect(plainText("Notes für Ann, 日本語, one\n\ttwo")).toBe("Notes für Ann, 日本語, one\n\ttwo")
  })

  it("cannot turn the direction of reading", () => {
    expect(plainText("report\u202Efdp.exe")).toBe("report⟨U+202E⟩fdp.exe")
    expect(plainText("\u2066a\u2069")).toBe("⟨U+2066⟩a⟨U+2069⟩")
  })

  it("cannot hide words between zero-width, tag, filler or selector characters", () => {
    for (const hidden of ["\u200B", "\u{E0041}", "\u3164", "\u{E0101}", "\uFEFF", "\u00AD"]) {
      expect(plainText(`a${hidden}b`)).toMatch(/^a⟨U\+[0-9A-F]{4,5}⟩b$/)
    }
  })

  it("cannot send controls", () => {
    expect(plainText("a\u001B[2Jb\r\u0000")).toBe("a⟨U+001B⟩[2Jb⟨U+000D⟩⟨U+0000⟩")
  })

  it("tells marks from text that only looks like one", () => {
    expect(textParts("⟨U+202E⟩\u202E")).toEqual([
      { kind: "text", text: "⟨U+202E⟩" },
      { kind: "mark", text: "⟨U+202E⟩" },
    ])
  })
})
