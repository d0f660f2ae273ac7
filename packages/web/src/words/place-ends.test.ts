import { describe, expect, it } from "vitest"
import { placeEnds } from "./place-ends.ts"

describe("the ends of a place", () => {
  it("are its last two parts, however the system parts them", () => {
    expect(["/home/ann/.config/zed", "C:\\Users\\ann", "/", "~"].map(placeEnds)).toEqual([
      ".config/zed",
      "Users/ann",
      "",
      "~",
    ])
  })
})
