import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { exportJWK, SignJWT } from "jose"
import { verifyEnrolmentProof } from "./enrolment-proof.ts"
import { type AgentKey, agentKey } from "./testing/oauth-world.ts"

const clock = new ManualClock("2026-11-01T12:00:00.000Z")
const NOW = clock.now().getTime() / 1000
const CHECKS = { code: "the code", origin: "https://tabard.example", now: clock.now() }
const CLAIMS = { code: "the code", aud: "https://tabard.example", iat: NOW }

describe("the proof of an enrolment", () => {
  for (const alg of ["ES256", "EdDSA"] as const) {
    it(`answers the public ${alg} key that signed it, and nothing that it was decorated with`, async () => {
      const key = await agentKey(alg)
      const { jwk, thumbprint } = await verifyEnrolmentProof(
        await proof(key, {}, { kid: "mine", use: "sig" }),
        CHECKS,
      )
      const { kty, crv, x, y } = await exportJWK(key.publicKey)
      assert.deepEqual(jwk, { kty, crv, x, ...(y && { y }) })
      assert.equal(thumbprint.length, 43)
    })
  }

  const wrong: readonly [string, Record<string, unknown>, Record<string, unknown>][] = [
    ["another code", { code: "another" }, {}],
    ["no code", { code: undefined }, {}],
    ["another server", { aud: "https://elsewhere.example" }, {}],
    ["a time long past", { iat: NOW - 301 }, {}],
    ["a time to come", { iat: NOW + 301 }, {}],
    ["no time", { iat: undefined }, {}],
    ["a key with its private half", {}, { d: "A".repeat(43) }],
    ["a key of another kind", {}, { crv: "P-384" }],
    ["a key of its own making", {}, { x: "A".repeat(43) }],
  ]
  for (const [what, claims, members] of wrong) {
    it(`is refused for ${what}`, async () => {
      const made = await proof(await agentKey(), claims, members)
      await assert.rejects(verifyEnrolmentProof(made, CHECKS), { code: "enrolment_invalid" })
    })
  }

  it("is refused where it is a proof for something else", async () => {
    const made = await proof(await agentKey(), {}, {}, "dpop+jwt")
    await assert.rejects(verifyEnrolmentProof(made, CHECKS), { code: "enrolment_invalid" })
  })

  for (const text of ["", "a.b.c", "e30.e30.", "x".repeat(5000)]) {
    it(`is refused where it is no JWS: ${text.slice(0, 8)}`, async () => {
      await assert.rejects(verifyEnrolmentProof(text, CHECKS), { code: "enrolment_invalid" })
    })
  }
})

async function proof(
  key: AgentKey,
  claims: Record<string, unknown>,
  members: Record<string, unknown>,
  typ = "tabard-enrolment+jwt",
): Promise<string> {
  const jwk = { ...(await exportJWK(key.publicKey)), ...members }
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: key.alg, typ, jwk })
    .sign(key.privateKey)
}
