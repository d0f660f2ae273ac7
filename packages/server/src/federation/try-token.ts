import type { WorkloadFault } from "@tabard/control"
import type { TrustTerms } from "@tabard/core"
import { KeysUnavailable } from "./fetch-document.ts"
import type { KeysOf } from "./find-keys.ts"
import { readAssertion } from "./read-assertion.ts"
import { type VerifyDeps, verifyWorkload } from "./verify-workload.ts"

/** Answers why terms do not take a token that somebody has at hand; it is kept nowhere, and is no less usable after. */
export async function tryToken(
  deps: VerifyDeps,
  terms: TrustTerms,
  token: string,
): Promise<readonly WorkloadFault[]> {
  const assertion = readAssertion(token.trim())
  if (!assertion) return [{ code: "malformed", said: "It is no JWT that can be read in one way." }]
  return verifyWorkload(deps, terms, assertion)
}

/** Answers whether the keys of an issuer can be had now, and where not, why. */
export async function tryKeys(
  { outsideKeys }: Pick<VerifyDeps, "outsideKeys">,
  source: KeysOf,
): Promise<{ readonly found: boolean; readonly said: string | null }> {
  try {
    await outsideKeys.keysOf(source)
    return { found: true, said: null }
  } catch (error) {
    if (!(error instanceof KeysUnavailable)) throw error
    return { found: false, said: error.message }
  }
}
