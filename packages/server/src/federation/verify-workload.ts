import { judgeWorkload, type WorkloadFault } from "@tabard/control"
import type { Clock, Json, JsonObject, TrustTerms } from "@tabard/core"
import { compactVerify, importJWK, type JWK } from "jose"
import { type ChosenKey, chooseKey } from "./choose-key.ts"
import { KeysUnavailable } from "./fetch-document.ts"
import type { KeysOf } from "./find-keys.ts"
import type { OutsideKeys } from "./outside-keys.ts"
import type { ReadAssertion } from "./read-assertion.ts"

/** What judging a workload's token needs. */
export interface VerifyDeps {
  readonly outsideKeys: OutsideKeys
  readonly clock: Clock
}

/**
 * Answers everything for which terms do not take this token; none means that they do, if it was not used before. Its
 * signature is looked at first: what an unsigned one says is nobody's word.
 */
export async function verifyWorkload(
  { outsideKeys, clock }: VerifyDeps,
  terms: TrustTerms,
  assertion: ReadAssertion,
): Promise<readonly WorkloadFault[]> {
  const judged = judgeWorkload(terms, assertion, clock.now())
  // By what it does not allow, nothing is verified either: no key is looked for.
  if (judged.some(({ code }) => code === "algorithm" || code === "header")) return judged
  const unsigned = await signatureFault(outsideKeys, terms, assertion)
  return unsigned ? [unsigned, ...judged] : judged
}

/** Answers why a token is not signed by its issuer, or undefined. */
export async function signatureFault(
  outsideKeys: OutsideKeys,
  source: KeysOf,
  { jws, header }: ReadAssertion,
): Promise<WorkloadFault | undefined> {
  try {
    const chosen = await keyFor(outsideKeys, source, header)
    if ("said" in chosen) return { code: "key", said: chosen.said }
    return (await isSignedBy(chosen.key, jws, header["alg"]))
      ? undefined
      : { code: "signature", said: "Its signature is not one of the issuer's key." }
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error
    return { code: "keys_unavailable", said: error.message }
  }
}

async function keyFor(outsideKeys: OutsideKeys, source: KeysOf, header: JsonObject): Promise<ChosenKey> {
  const chosen = chooseKey(await outsideKeys.keysOf(source), header, source.form)
  if (!("unknown" in chosen) || !chosen.unknown) return chosen
  const renewed = await outsideKeys.newKeysOf(source)
  return renewed ? chooseKey(renewed, header, source.form) : chosen
}

async function isSignedBy(key: JsonObject, jws: string, alg: Json | undefined): Promise<boolean> {
  if (typeof alg !== "string") return false
  try {
    await compactVerify(jws, await importJWK(asJwk(key), alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

function asJwk(key: JsonObject): JWK {
  const texts = Object.entries(key).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  )
  return Object.fromEntries(texts)
}
