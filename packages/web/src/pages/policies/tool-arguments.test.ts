import { expect, it } from "vitest"
import { toolArguments } from "./tool-arguments.ts"

const shown = (properties: unknown): Record<string, string> =>
  Object.fromEntries(
    toolArguments(JSON.stringify({ name: "pay", inputSchema: { type: "object", properties } })).map(
      ({ name, roles }) => [name, roles.join(" ")],
    ),
  )

it("offers each argument the roles that its shape can play", () => {
  expect(
    shown({
      to: { type: "string" },
      sum: { type: "number" },
      all: { type: "array", items: { type: "string" } },
      dry: { type: "boolean" },
      odd: { anyOf: [{ type: "string" }] },
    }),
  ).toEqual({
    to: "target amount content code path",
    sum: "amount content code",
    all: "target content code path",
    dry: "content code",
    odd: "target amount content code path",
  })
})

it("names no argument of a definition that cannot be read", () => {
  expect(toolArguments("{")).toEqual([])
  expect(toolArguments("{}")).toEqual([])
  expect(shown(null)).toEqual({})
})
