import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { openOAuthWorld } from "../testing/oauth-world.ts"

describe("what anybody may begin", () => {
  it("is bounded: nobody who has proven nothing fills the store with devices that ask to be signed in", async () => {
    await using world = await openOAuthWorld()
    const begin = async (): Promise<Response> => {
      const body = new URLSearchParams({ client_id: "tabard", machine: "a laptop" })
      const response = await fetch(`${world.server.issuer}/device_authorization`, { method: "POST", body })
      await response.body?.cancel()
      return response
    }
    const answers: Response[] = []
    // More than passes in one burst, however slow this machine is: some each second pass besides.
    while (answers.length < 4000 && answers.at(-1)?.status !== 429)
      answers.push(...(await Promise.all(Array.from({ length: 40 }, begin))))
    const refused = answers.filter(({ status }) => status === 429)
    assert.ok(refused.length > 0 && answers.length - refused.length >= 300, String(answers.length))
    assert.match(refused[0]?.headers.get("retry-after") ?? "", /^\d+$/)
    const authorize = await fetch(`${world.server.issuer}/authorize?client_id=x`, { redirect: "manual" })
    assert.equal(authorize.status, 429, "one bound for all that is begun")
  })
})
