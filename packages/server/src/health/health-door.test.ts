import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { healthDoor } from "./health-door.ts"

const WELL = { ping: async () => undefined, record: { stop: async () => undefined } }
const stopped = (all: boolean) => ({ stop: async () => ({ words: "a secret of the house", all }) })
const gone = () => Promise.reject(new Error("/var/lib/tabard is full"))

describe("probes", () => {
  for (const [what, path, deps, expected] of [
    ["a process that lives", "/livez", WELL, [200, "ok"]],
    ["a process whose store is gone, and lives", "/livez", { ...WELL, ping: gone }, [200, "ok"]],
    ["a process that is ready", "/readyz", WELL, [200, "ok"]],
    ["a store that takes no write", "/readyz", { ...WELL, ping: gone }, [503, "unavailable"]],
    ["a record that waits", "/readyz", { ...WELL, record: stopped(false) }, [200, "degraded"]],
    [
      "a record without which nothing is done",
      "/readyz",
      { ...WELL, record: stopped(true) },
      [503, "unavailable"],
    ],
  ] as const)
    it(`are told in one word of ${what}`, async () => {
      const answer = await healthDoor(deps).request(path)
      assert.deepEqual([answer.status, await answer.json()], [expected[0], { status: expected[1] }])
    })
})
