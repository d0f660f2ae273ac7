/** The bundle of our trust domain: https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE_Trust_Domain_and_Bundle.md#4-spiffe-bundle-format */
import type { JSONWebKeySet } from "jose"
import type { IssuerKeys } from "./signing-keys.ts"

/** Where other trust domains fetch it. */
export const BUNDLE_PATH = "/.well-known/spiffe-bundle"

/** As long as the keys may be kept in mind: every key is published for longer before it signs. */
const REFRESH_SECONDS = 300

/** What other trust domains verify our JWT-SVIDs by. */
export interface SpiffeBundle extends JSONWebKeySet {
  /** Grows with each change of the keys. */
  readonly spiffe_sequence: number
  /** How soon to look again, in seconds. */
  readonly spiffe_refresh_hint: number
}

/** Answers the bundle: the keys that our tokens verify by, said to be for JWT-SVIDs. */
export function spiffeBundle(keys: Pick<IssuerKeys, "published" | "changedAt">): SpiffeBundle {
  return {
    // JWT-SVIDs are never signed with EdDSA (JWT-SVID §2.1).
    keys: keys
      .published()
      .keys.filter(({ alg }) => alg === "ES256")
      .map((key) => ({ ...key, use: "jwt-svid" })),
    spiffe_sequence: Math.floor(keys.changedAt().getTime() / 1000),
    spiffe_refresh_hint: REFRESH_SECONDS,
  }
}
