import { expect, test } from "vitest"
import { actSentence, passedOver, unsettledSentence } from "./act-words.ts"

const NOTHING = { tokens: 0, approvals: 0, tasks: 0, keys: 0, offers: 0, unsettled: 0 }

test("an act says to how many it will be done, and what goes with them", () => {
  expect(actSentence("suspend", { agents: 3, attached: { ...NOTHING, tokens: 12 } })).toBe(
    "Suspend 3 agents, end 12 tokens",
  )
  expect(actSentence("suspend", { agents: 1, attached: NOTHING })).toBe("Suspend 1 agent")
  expect(
    actSentence("retire", {
      agents: 2,
      attached: { tokens: 1, approvals: 2, tasks: 1, keys: 4, offers: 1, unsettled: 1 },
    }),
  ).toBe(
    "Retire 2 agents for ever, end 1 token, revoke 4 keys, close 1 task, withdraw 2 questions, withdraw 1 offer",
  )
})

test("a retirement says who stays retiring", () => {
  expect(unsettledSentence({ attached: { ...NOTHING, unsettled: 2 } })).toMatch(/^2 stay retiring until/)
  expect(unsettledSentence({ attached: { ...NOTHING, unsettled: 1 } })).toMatch(/^1 stays retiring/)
  expect(unsettledSentence({ attached: NOTHING })).toBeUndefined()
})

test("those that are passed over stand together where the reason is the same", () => {
  expect(
    passedOver([
      { agent: "a", says: "gone" },
      { agent: "b", says: "stopped" },
      { agent: "c", says: "stopped" },
    ]),
  ).toEqual([
    { says: "stopped", agents: ["b", "c"] },
    { says: "gone", agents: ["a"] },
  ])
})
