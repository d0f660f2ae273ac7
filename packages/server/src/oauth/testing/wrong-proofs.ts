import { exportJWK, SignJWT } from "jose"
import { type AgentKey, agentKey } from "./oauth-world.ts"

/** Makes a proof with these claims that is wrong in how it is signed. */
export type WrongProof = (key: AgentKey, claims: Readonly<Record<string, unknown>>) => Promise<string>

const TYP = "dpop+jwt"

/** Proofs that prove nothing, by the clause that says so: whatever they claim besides is right. */
export const WRONG_PROOFS: readonly (readonly [clause: string, make: WrongProof])[] = [
  [
    "RFC 9449 §4.3(5): under no algorithm",
    async ({ publicKey }, claims) => {
      const header = { alg: "none", typ: TYP, jwk: await exportJWK(publicKey) }
      return `${part(header)}.${part({ jti: crypto.randomUUID(), ...claims })}.`
    },
  ],
  [
    "RFC 9449 §4.3(5): under a secret that both would know",
    async (_, claims) =>
      new SignJWT({ jti: crypto.randomUUID(), ...claims })
        .setProtectedHeader({ alg: "HS256", typ: TYP, jwk: { kty: "oct" } })
        .sign(new TextEncoder().encode("secret".padEnd(32))),
  ],
  [
    "RFC 9449 §4.3(5): under an algorithm that is not taken here",
    async (_, claims) => {
      const pair = await crypto.subtle.generateKey(RSA, true, ["sign", "verify"])
      return new SignJWT({ jti: crypto.randomUUID(), ...claims })
        .setProtectedHeader({ alg: "RS256", typ: TYP, jwk: await exportJWK(pair.publicKey) })
        .sign(pair.privateKey)
    },
  ],
  [
    "RFC 9449 §4.3(6): signed by another key than the one in its header",
    async ({ publicKey, alg }, claims) => {
      const { privateKey } = await agentKey(alg)
      return new SignJWT({ jti: crypto.randomUUID(), ...claims })
        .setProtectedHeader({ alg, typ: TYP, jwk: await exportJWK(publicKey) })
        .sign(privateKey)
    },
  ],
  [
    "RFC 9449 §4.3(6): changed after it was signed",
    async ({ publicKey, privateKey, alg }, claims) => {
      const proof = await new SignJWT({ jti: crypto.randomUUID(), ...claims, htm: "GET" })
        .setProtectedHeader({ alg, typ: TYP, jwk: await exportJWK(publicKey) })
        .sign(privateKey)
      const [header, , signature] = proof.split(".")
      return `${header}.${part({ jti: crypto.randomUUID(), ...claims })}.${signature}`
    },
  ],
]

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}
