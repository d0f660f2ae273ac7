import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem } from "@tabard/core"
import { array, constantFrom, assert as hold, oneof, property, string } from "fast-check"
import { readRegister } from "./read-register.ts"

describe("reading a register", () => {
  it("takes what people's programs write: marks, semicolons, tabs, quotes, either line end, headers in any spelling", () => {
    const said = [
      ["name", "Bot; the first"],
      ["owner", "a@b.test"],
      ["last review", "2026-01-01"],
    ]
    for (const csv of [
      'Name,OWNER E-Mail,last_review\n"Bot; the first",a@b.test,2026-01-01',
      '\ufeffname;owner;Last Review\r\n"Bot; the first";a@b.test;2026-01-01\r\n\r\n',
      "agent\towner\tlastReviewed\r Bot; the first \t a@b.test\t2026-01-01\r",
      '\n\n"name","owner","last,review"\n"Bot; the first","a@b.test","2026-01-01",,\n',
    ]) {
      const { lines, ignored } = readRegister(csv)
      assert.deepEqual([lines.map(({ cells }) => [...cells]), ignored], [[said], []], csv)
    }
  })

  it("counts lines as an editor does, and a broken one by its last", () => {
    const { lines } = readRegister('name,purpose\n\nA,x\n"B","two\nlines"\nC,y\n')
    assert.deepEqual(
      lines.map(({ line, cells }) => [line, cells.get("name")]),
      [
        [3, "A"],
        [5, "B"],
        [6, "C"],
      ],
    )
  })

  it("answers or refuses in words, whatever the file holds", () => {
    const piece = constantFrom(
      '"',
      ",",
      ";",
      "\n",
      "\r",
      "\t",
      "name",
      "id",
      "=",
      "'",
      "\ufeff",
      "\u0000",
      "x",
      " ",
    )
    const text = oneof(
      string({ unit: "binary" }),
      array(piece, { maxLength: 60 }).map((all) => all.join("")),
      array(piece, { maxLength: 60 }).map((all) => `name,id\n${all.join("")}`),
    )
    hold(
      property(text, (csv) => {
        try {
          assert.ok(
            readRegister(csv).lines.every(({ cells }) => [...cells.values()].every((cell) => cell !== "")),
          )
        } catch (error) {
          assert.ok(error instanceof Problem && error.code === "register_invalid", String(error))
        }
      }),
      { numRuns: 2000 },
    )
  })
})
