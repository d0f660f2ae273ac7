import { expect, test } from "vitest"
import { columnsWithin, gridTemplate } from "./table-shape.ts"

test("the weightiest columns stay where there is little room, in the order of the table", () => {
  expect(columnsWithin(750, undefined)).toEqual(["name", "owner", "state", "risk"])
  expect(columnsWithin(1376, undefined)).toEqual([
    "name",
    "category",
    "owner",
    "state",
    "risk",
    "sides",
    "autonomy",
    "credentials",
    "lastSeen",
  ])
  expect(columnsWithin(0, undefined)).toEqual(["name"])
})

test("columns that were chosen show as far as there is room, and the name always", () => {
  expect(columnsWithin(1376, ["tier", "servers"])).toEqual(["name", "tier", "servers"])
  expect(columnsWithin(420, ["lastSeen", "tier", "servers"])).toEqual(["name", "lastSeen"])
})

test("the grid has a track for the boxes and one for each column", () => {
  expect(gridTemplate(["name", "state"])).toBe("20px minmax(160px, 2.6fr) 104px")
})
