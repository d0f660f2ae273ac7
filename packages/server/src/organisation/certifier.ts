import type { Certifier } from "@tabard/control"
import { CERTIFICATE_TYPE, type RetirementCertificate } from "@tabard/core"
import { importJWK, SignJWT } from "jose"
import type { IssuerKeys } from "../oauth/signing-keys.ts"

/**
 * Answers what signs certificates of retirement: the issuer of the identities that end, by the key that signs its tokens.
 * The public half goes with each, as a key set of years later does not hold it any more; what vouches for it is the log.
 */
export function issuerCertifier(issuer: string, keys: Pick<IssuerKeys, "signing">): Certifier {
  return {
    issuer,
    certify: async (certificate) => {
      const key = keys.signing()
      const { kty, crv, x, y, kid } = key
      const header = { alg: "ES256", typ: CERTIFICATE_TYPE, kid, jwk: { kty, crv, x, y } }
      return new SignJWT(claimsOf(certificate)).setProtectedHeader(header).sign(await importJWK(key, "ES256"))
    },
  }
}

function claimsOf(certificate: RetirementCertificate): Record<string, unknown> {
  return { ...certificate }
}
