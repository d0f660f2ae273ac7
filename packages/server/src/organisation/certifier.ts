import type { Certifier } from "@tabard/control"
import { CERTIFICATE_TYPE, type RetirementCertificate } from "@tabard/core"
import { importJWK, SignJWT } from "jose"
import { vaultKey } from "../keys/key-vault.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"
import { newSigningKey, readSigningKey } from "./signing-key.ts"

/**
 * Answers what signs certificates of retirement, in the process that plays the issuer: the issuer of the identities that end, by the key that signs its tokens.
 * The public half goes with each, as a key set of years later does not hold it any more; what vouches for it is the log.
 */
export function issuerCertifier(
  deps: OpenOrganisationDeps,
  plays: { readonly issuer: string } | null,
): Certifier | null {
  if (!plays) return null
  const vault = { ...deps, transact: deps.shelf.transact }
  return {
    issuer: plays.issuer,
    certify: async (certificate) => {
      const key = await readSigningKey(await vaultKey(vault, "token-signing", newSigningKey))
      const { kty, crv, x, y, kid } = key
      const header = { alg: "ES256", typ: CERTIFICATE_TYPE, kid, jwk: { kty, crv, x, y } }
      return new SignJWT(claimsOf(certificate)).setProtectedHeader(header).sign(await importJWK(key, "ES256"))
    },
  }
}

function claimsOf(certificate: RetirementCertificate): Record<string, unknown> {
  return { ...certificate }
}
