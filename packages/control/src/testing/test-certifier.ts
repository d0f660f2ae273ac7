import { generateKeyPairSync, sign } from "node:crypto"
import { CERTIFICATE_TYPE } from "@tabard/core"
import type { Certifier } from "../lifecycle/retirement/retirement-deps.ts"

/** An issuer with a key of its own, which signs certificates of retirement by it. */
export function testCertifier(): Certifier {
  const { privateKey } = generateKeyPairSync("ed25519")
  return {
    issuer: "https://tabard.example/oauth",
    certify: async (certificate) => {
      const input = `${encode({ alg: "EdDSA", typ: CERTIFICATE_TYPE })}.${encode(certificate)}`
      return `${input}.${sign(null, Buffer.from(input), privateKey).toString("base64url")}`
    },
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url")
}
