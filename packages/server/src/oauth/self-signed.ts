import { isJsonObject, type JsonObject, parseLossless, Recent } from "@tabard/core"
import { type CryptoKey, compactVerify, decodeProtectedHeader, importJWK } from "jose"
import { AGENT_SIGNING_ALGORITHMS, asJoseKey, parsePublicKey, type ThumbprintedKey } from "./public-key.ts"

/** A signed statement together with the key that signed it, which it brought along. */
export interface SelfSigned extends ThumbprintedKey {
  readonly payload: JsonObject
}

/** A proof that proves nothing. Its message says what is wrong with it. */
export class InvalidProof extends Error {
  override readonly name = "InvalidProof"
}

/** A proof that lacks a nonce of ours, or repeats one that is over. It can be made anew with the one that is told. */
export class NonceWanted extends InvalidProof {
  readonly nonce: string

  constructor(nonce: string) {
    super("It has to repeat the nonce of the DPoP-Nonce header.")
    this.nonce = nonce
  }
}

/** The longest proof that is read. */
const MAX_PROOF_CHARS = 4096

/**
 * Verifies a compact JWS by the public key in its own header. That proves possession of the key and nothing else: the
 * caller decides whether the key means anything, and judges the claims.
 *
 * @throws {InvalidProof}
 */
export async function verifySelfSigned(jws: string, typ: string): Promise<SelfSigned> {
  if (jws.length > MAX_PROOF_CHARS) throw new InvalidProof("It is longer than a proof can be.")
  try {
    const header = decodeProtectedHeader(jws)
    if (header.typ !== typ) throw new InvalidProof(`It is not of type ${typ}.`)
    const { imported, ...key } = await knownKey(header.jwk, header.alg)
    const { payload } = await compactVerify(jws, imported, { algorithms: [...AGENT_SIGNING_ALGORITHMS] })
    return { ...key, payload: parsePayload(payload) }
  } catch (error) {
    if (error instanceof InvalidProof) throw error
    throw new InvalidProof("It does not verify by the public key in its header.", { cause: error })
  }
}

interface ImportedKey extends ThumbprintedKey {
  readonly imported: CryptoKey | Uint8Array
}

/** Reading a key costs more than verifying by it, and whoever signs once signs again. */
const known = new Recent<ImportedKey>(10_000)

async function knownKey(jwk: unknown, alg: string | undefined): Promise<ImportedKey> {
  const spelling = JSON.stringify([alg, jwk])
  const before = known.get(spelling)
  if (before) return before
  const key = await parsePublicKey(jwk)
  const made = { ...key, imported: await importJWK(asJoseKey(key.jwk), alg) }
  known.set(spelling, made)
  return made
}

const UTF8 = new TextDecoder("utf-8", { fatal: true })

function parsePayload(bytes: Uint8Array): JsonObject {
  const payload = parseLossless(UTF8.decode(bytes))
  if (!isJsonObject(payload)) throw new InvalidProof("Its payload is no JSON object.")
  return payload
}
