import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { InvalidAccessToken, type TokenChecks } from "./access-token.ts"
import { publicKeys } from "./signing-keys.ts"
import { type OAuthWorld, openOAuthWorld, signingKey } from "./testing/oauth-world.ts"
import { requestToken } from "./testing/token-request.ts"
import { VerifiedTokens } from "./verified-tokens.ts"

describe("a token that was verified before", () => {
  it("is the same again, without its signature being looked at", async () => {
    await using world = await openOAuthWorld()
    const { token, checks } = await tokenIn(world)
    const verified = new VerifiedTokens()
    assert.equal(await verified.verify(token, checks), await verified.verify(token, checks))
  })

  const changes: readonly (readonly [string, (checks: TokenChecks) => Promise<Partial<TokenChecks>>])[] = [
    ["its time is over", async ({ now }) => ({ now: new Date(now.getTime() + 306_000) })],
    ["it is for elsewhere", async () => ({ audiences: ["https://elsewhere.example"] })],
    ["its key is withdrawn", async () => ({ jwks: publicKeys([await signingKey("other")]) })],
    ["another issuer is asked for", async () => ({ issuer: "https://elsewhere.example" })],
  ]
  for (const [title, differs] of changes) {
    it(`is refused all the same where ${title}`, async () => {
      await using world = await openOAuthWorld()
      const { token, checks } = await tokenIn(world)
      const verified = new VerifiedTokens()
      await verified.verify(token, checks)
      const others = { ...checks, ...(await differs(checks)) }
      await assert.rejects(verified.verify(token, others), InvalidAccessToken)
    })
  }

  it("is none where a letter of it is another", async () => {
    await using world = await openOAuthWorld()
    const { token, checks } = await tokenIn(world)
    const verified = new VerifiedTokens()
    await verified.verify(token, checks)
    await assert.rejects(verified.verify(`${token.slice(0, -8)}AAAAAAAA`, checks), InvalidAccessToken)
  })
})

async function tokenIn(world: OAuthWorld): Promise<{ token: string; checks: TokenChecks }> {
  const token = String((await requestToken(world)).body["access_token"])
  const { issuer } = world.server
  const checks = { jwks: world.server.jwks(), issuer, audiences: [world.resource], now: new Date() }
  return { token, checks }
}
