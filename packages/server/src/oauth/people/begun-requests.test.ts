import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openOAuthWorld } from "../testing/oauth-world.ts"

describe("what anybody may begin", () => {
  it("is bounded: nobody who has proven nothing fills the store with devices that ask to be signed in", async () => {
    await using world = await openOAuthWorld()
    const { issuer } = world.server
    const emptied = async (sent: Promise<Response>): Promise<Response> => {
      const response = await sent
      await response.body?.cancel()
      return response
    }
    const body = (): URLSearchParams => new URLSearchParams({ client_id: "tabard", machine: "a laptop" })
    const devices = await untilRefused(() =>
      emptied(fetch(`${issuer}/device_authorization`, { method: "POST", body: body() })),
    )
    assert.ok(devices.passed >= 300, String(devices.passed))
    assert.match(devices.refused.headers.get("retry-after") ?? "", /^\d+$/)
    const signIns = await untilRefused(() =>
      emptied(fetch(`${issuer}/authorize?client_id=x`, { redirect: "manual" })),
    )
    assert.ok(signIns.passed < 300, `one bound for all that is begun, and ${signIns.passed} passed`)
  })
})

/** Sends more than passes in one burst, however slow this machine is: some each second pass besides. */
async function untilRefused(
  send: () => Promise<Response>,
): Promise<{ readonly passed: number; readonly refused: Response }> {
  const answers: Response[] = []
  while (answers.length < 4000) {
    answers.push(...(await Promise.all(Array.from({ length: 40 }, send))))
    const refused = answers.find(({ status }) => status === 429)
    if (refused) return { passed: answers.filter(({ status }) => status !== 429).length, refused }
  }
  throw new Error(`nothing was refused of ${answers.length}`)
}
