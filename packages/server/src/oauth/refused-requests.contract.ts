import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type OAuthWorld, openOAuthWorld } from "./testing/oauth-world.ts"
import { type RequestChanges, requestToken } from "./testing/token-request.ts"

/** What is changed of a token request that would be granted, under the clause that has it refused. */
export type RefusedCase = readonly [clause: string, change: (world: OAuthWorld) => Promise<RequestChanges>]

/** Each suite is one word of OAuth, each case one clause that has it said. */
export type Refusals = readonly (readonly [error: string, status: number, cases: readonly RefusedCase[]])[]

/** Holds the token endpoint to them: each is a test of its own. */
export function describeRefusals(refusals: Refusals): void {
  for (const [error, status, cases] of refusals) {
    describe(`the token endpoint answers ${error} to`, () => {
      for (const [clause, change] of cases) {
        it(clause, async () => {
          await using world = await openOAuthWorld()
          const answer = await requestToken(world, await change(world))
          assert.equal(answer.body["error"], error, JSON.stringify(answer.body))
          assert.equal(answer.status, status)
          assert.equal("access_token" in answer.body, false)
          assert.deepEqual(world.faults, [])
        })
      }
    })
  }
}

/** Answers a moment in the seconds of tokens. */
export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}
