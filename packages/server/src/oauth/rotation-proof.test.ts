import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { exportJWK, SignJWT } from "jose"
import { verifyRotationProof } from "./rotation-proof.ts"
import { type AgentKey, agentKey } from "./testing/oauth-world.ts"

const clock = new ManualClock("2026-11-01T12:00:00.000Z")
const NOW = clock.now().getTime() / 1000
const CHECKS = { instance: "ins_1", origin: "https://tabard.example", now: clock.now() }
const CLAIMS = { instance: "ins_1", aud: "https://tabard.example", iat: NOW }
const [OUTER, INNER] = ["tabard-rotation+jwt", "tabard-rotation-key+jwt"]

describe("the proof of a rotation", () => {
  it("answers both keys, the one that signs and the one that it signs for", async () => {
    const [from, to] = [await agentKey(), await agentKey("EdDSA")]
    const proven = await verifyRotationProof(await proof({ from, to }), CHECKS)
    assert.equal(proven.from.jwk.x, (await exportJWK(from.publicKey)).x)
    assert.equal(proven.to.jwk.x, (await exportJWK(to.publicKey)).x)
  })

  const wrong: readonly [string, Record<string, unknown>][] = [
    ["another install", { instance: "ins_2" }],
    ["another server", { aud: "https://elsewhere.example" }],
    ["a time long past", { iat: NOW - 301 }],
    ["a time to come", { iat: NOW + 301 }],
    ["no time", { iat: undefined }],
  ]
  for (const [what, claims] of wrong)
    for (const half of ["outer", "inner"] as const)
      it(`is refused for ${what} in what the ${half === "outer" ? "present" : "next"} key says`, async () => {
        await refused(proof({ [half]: claims }))
      })

  it("is refused where the next key has not signed: a key that was only seen is nobody's to enrol", async () => {
    const [from, to, thief] = [await agentKey(), await agentKey(), await agentKey()]
    const forged = await signed({ ...thief, publicKey: to.publicKey }, INNER, CLAIMS)
    await refused(signed(from, OUTER, { ...CLAIMS, next: forged }))
    await refused(signed(from, OUTER, CLAIMS))
    await refused(signed(from, OUTER, { ...CLAIMS, next: { jwk: await exportJWK(to.publicKey) } }))
  })

  it("is refused where both keys are one, or the halves stand for each other", async () => {
    const [from, to] = [await agentKey(), await agentKey()]
    await refused(proof({ from, to: from }))
    await refused(signed(from, INNER, { ...CLAIMS, next: await signed(to, INNER, CLAIMS) }))
    await refused(signed(from, OUTER, { ...CLAIMS, next: await signed(to, OUTER, CLAIMS) }))
  })

  for (const text of ["", "a.b.c", "x".repeat(5000)])
    it(`is refused where it is no JWS: ${text.slice(0, 8)}`, () => refused(text))
})

async function refused(made: string | Promise<string>): Promise<void> {
  await assert.rejects(verifyRotationProof(await made, CHECKS), { code: "enrolment_invalid" })
}

interface Made {
  readonly from?: AgentKey
  readonly to?: AgentKey
  readonly outer?: Record<string, unknown>
  readonly inner?: Record<string, unknown>
}

async function proof({ from, to, outer, inner }: Made): Promise<string> {
  const next = await signed(to ?? (await agentKey()), INNER, { ...CLAIMS, ...inner })
  return signed(from ?? (await agentKey()), OUTER, { ...CLAIMS, next, ...outer })
}

async function signed(key: AgentKey, typ: string, claims: Record<string, unknown>): Promise<string> {
  const jwk = await exportJWK(key.publicKey)
  return new SignJWT(claims).setProtectedHeader({ alg: key.alg, typ, jwk }).sign(key.privateKey)
}
