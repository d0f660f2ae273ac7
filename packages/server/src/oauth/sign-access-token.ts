/** Signing access tokens: https://www.rfc-editor.org/rfc/rfc9068#section-2.1 */
import { type CryptoKey, importJWK, SignJWT } from "jose"
import { accessTokenPayload, type TokenToSign } from "./access-token-payload.ts"
import { algorithmOf, type TokenKey } from "./signing-keys.ts"

/** Answers the token itself, as every token of ours is spelt. Only what was issued is handed in. */
export async function signAccessToken(key: TokenKey, token: TokenToSign): Promise<string> {
  return new SignJWT(accessTokenPayload(token))
    .setProtectedHeader({ alg: algorithmOf(key), typ: "at+jwt", kid: key.kid })
    .sign(await signingKeyObject(key))
}

const imported = new WeakMap<TokenKey, Promise<CryptoKey | Uint8Array>>()

/** Answers a key as the library signs by it. Importing it costs more than signing, so it is imported once. */
export function signingKeyObject(key: TokenKey): Promise<CryptoKey | Uint8Array> {
  const known = imported.get(key)
  if (known) return known
  const made = importJWK(key, algorithmOf(key))
  imported.set(key, made)
  return made
}
