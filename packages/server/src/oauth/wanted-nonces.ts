import type { IssuerSettings } from "./issuer-settings.ts"
import type { ProofNonces } from "./proof-nonces.ts"

/** Answers what a proof at the token endpoint has to repeat, as it was settled when the request came; undefined for nothing. */
export function wantedNonces({
  settled,
  nonces,
}: Pick<IssuerSettings, "settled" | "nonces">): ProofNonces | undefined {
  return settled.known.proofNonce === "required" ? nonces : undefined
}
