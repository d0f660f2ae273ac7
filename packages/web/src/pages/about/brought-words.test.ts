import { expect, it } from "vitest"
import { broughtWords } from "./brought-words.ts"

const NOTHING = { keys: 0, trustRules: 0, clients: 0, delegations: 0 }

it("tells whoever is asked to answer for an agent what comes with it, and nothing where nothing does", () => {
  expect(broughtWords(NOTHING)).toBeUndefined()
  expect(broughtWords({ ...NOTHING, keys: 1 })).toBe("1 enrolled key comes with it and goes on working.")
  expect(broughtWords({ keys: 2, trustRules: 1, clients: 0, delegations: 3 })).toBe(
    "2 enrolled keys, 1 trust rule and 3 delegations come with it and go on working.",
  )
})
