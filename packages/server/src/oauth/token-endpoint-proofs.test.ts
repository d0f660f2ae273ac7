import assert from "node:assert/strict"
import { exportJWK, SignJWT } from "jose"
import { describeRefusals, type RefusedCase, secondsFromNow } from "./refused-requests.contract.ts"
import { agentKey, type OAuthWorld } from "./testing/oauth-world.ts"
import { requestToken, signedAssertion, tokenProof } from "./testing/token-request.ts"
import { WRONG_PROOFS } from "./testing/wrong-proofs.ts"

describeRefusals([
  [
    "invalid_dpop_proof",
    400,
    [
      [
        "RFC 9449 §4.3(9): a proof for another address",
        proof(() => ({ htu: "https://elsewhere.example/oauth/token" })),
      ],
      ["RFC 9449 §4.3(8): a proof for another method", proof(() => ({ htm: "GET" }))],
      ["RFC 9449 §4.3(3): a proof without jti", proof(() => ({ jti: undefined }))],
      ["RFC 9449 §4.3(2): a proof that is no JWT", async () => ({ proof: "trust me" })],
      [
        "RFC 9449 §4.3(4): a proof of another type",
        async (world) => ({ proof: await signedAssertion(world) }),
      ],
      [
        "RFC 9449 §4.3(1): two proofs in one request",
        async (world) => ({ proof: `${await tokenProof(world)}, ${await tokenProof(world)}` }),
      ],
      [
        "RFC 9449 §4.3(7): a proof that shows its private key",
        async (world) => ({ proof: await withPrivateKey(world) }),
      ],
      ...WRONG_PROOFS.map(
        ([clause, make]): RefusedCase => [
          clause,
          async ({ key, server }) => {
            const claims = { htm: "POST", htu: server.metadata.token_endpoint, iat: secondsFromNow(0) }
            return { proof: await make(key, claims) }
          },
        ],
      ),
      [
        "RFC 9449 §11.1: a proof that was used before",
        async (world) => {
          const used = await tokenProof(world)
          assert.equal((await requestToken(world, { proof: used })).status, 200)
          return { proof: used }
        },
      ],
      ["RFC 9449 §5: a proof by a key that nobody enrolled", async () => ({ proofKey: await agentKey() })],
    ],
  ],
  [
    // A nonce tells the time where a clock does not.
    "use_dpop_nonce",
    400,
    [
      ["RFC 9449 §4.3(11): a proof that is stale", proof(() => ({ iat: secondsFromNow(-400) }))],
      ["RFC 9449 §4.3(11): a proof from the future", proof(() => ({ iat: secondsFromNow(400) }))],
    ],
  ],
  ["invalid_grant", 400, [["RFC 9449 §5.2: no proof at all", async () => ({ proof: null })]]],
])

function proof(make: () => Record<string, unknown>): RefusedCase[1] {
  return async () => ({ proofClaims: make() })
}

async function withPrivateKey({ server, key }: OAuthWorld): Promise<string> {
  return new SignJWT({
    jti: crypto.randomUUID(),
    htm: "POST",
    htu: server.metadata.token_endpoint,
    iat: secondsFromNow(0),
  })
    .setProtectedHeader({ alg: key.alg, typ: "dpop+jwt", jwk: await exportJWK(key.privateKey) })
    .sign(key.privateKey)
}
