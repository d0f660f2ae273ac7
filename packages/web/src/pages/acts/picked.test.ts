import { expect, test } from "vitest"
import {
  extended,
  isPicked,
  MOST_IN_ADDRESS,
  pickedAmong,
  readPicked,
  toggled,
  writePicked,
} from "./picked.ts"

const ids = ["agt_1", "agt_2", "agt_3", "agt_4"]
const some = (...picked: readonly string[]) => ({ kind: "some", ids: new Set(picked) }) as const

test("who is picked is written into the address and read back", () => {
  for (const picked of [some("agt_1", "agt_3"), { kind: "all" } as const]) {
    expect(readPicked(writePicked(picked))).toEqual(picked)
  }
  expect(writePicked(some())).toBeUndefined()
})

test("an address holds fifty, and whatever is no id is left out of it", () => {
  const many = Array.from({ length: MOST_IN_ADDRESS + 1 }, (_, n) => `agt_${n}`)
  expect(writePicked(some(...many))).toBeUndefined()
  expect(writePicked(some(...many.slice(1)))).toBeDefined()
  expect(readPicked(`<b>,usr_1,agt_1,agt_1`)).toEqual(some("agt_1"))
  expect(readPicked(many.join(","))).toEqual(some(...many.slice(0, MOST_IN_ADDRESS)))
})

test("one is picked and let go again, also out of all that are shown", () => {
  const one = toggled(some(), "agt_2", ids)
  expect(one).toEqual(some("agt_2"))
  expect(toggled(one, "agt_2", ids)).toEqual(some())
  expect(toggled({ kind: "all" }, "agt_2", ids)).toEqual(some("agt_1", "agt_3", "agt_4"))
})

test("a range reaches from the one before to this one, up or down, and keeps what was picked", () => {
  expect(extended(some("agt_1"), { from: "agt_2", to: "agt_4" }, ids)).toEqual(some(...ids))
  expect(extended(some(), { from: "agt_3", to: "agt_2" }, ids)).toEqual(some("agt_2", "agt_3"))
  expect(extended(some(), { from: "agt_gone", to: "agt_2" }, ids)).toEqual(some("agt_2"))
})

test("only what is shown is acted on", () => {
  const shown = ids.slice(0, 2).map((id) => ({ id }))
  expect(pickedAmong(some("agt_2", "agt_4"), shown)).toEqual([{ id: "agt_2" }])
  expect(pickedAmong({ kind: "all" }, shown)).toEqual(shown)
  expect(isPicked({ kind: "all" }, "agt_9")).toBe(true)
  expect(isPicked(some("agt_2"), "agt_1")).toBe(false)
})
