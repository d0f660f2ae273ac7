import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { rawRequest } from "../world/raw-request.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"

const MINUTE = 60_000

describe("a session that nobody uses", () => {
  for (const [what, headers, status] of [
    ["ends after two hours, whatever its console asks for by itself", { "x-tabard-unattended": "1" }, 401],
    ["goes on where somebody asks", {}, 200],
  ] as const) {
    it(what, async () => {
      const clock = new ManualClock(new Date().toISOString())
      await using tabard = await runTabard({ clock })
      const cookie = (await signInFirst(tabard.server, "Ann")).cookie()
      const ask = async () =>
        (
          await rawRequest(tabard.server.publicUrl, {
            path: "/api/v1/session",
            headers: { cookie, ...headers },
          })
        ).status
      clock.advance(119 * MINUTE)
      assert.equal(await ask(), 200)
      clock.advance(2 * MINUTE)
      assert.equal(await ask(), status)
    })
  }
})
