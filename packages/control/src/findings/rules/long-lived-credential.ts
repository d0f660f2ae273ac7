import { dayOf, hasLasted } from "./inventory-agent.ts"
import type { CredentialRule } from "./inventory-credential.ts"

/** How long the same bytes may stand before they count as never changed. */
const MAX_AGE_DAYS = 90

/** A credential whose bytes are the same as three months ago. Kinds that never end by themselves are the scan's to tell. */
export const longLivedCredential: CredentialRule = {
  id: "long-lived-credential",
  severity: "medium",
  title: "Long-lived static credential",
  remediation:
    "Use what ends by itself instead: a role, identity federation, an OAuth grant, or a token with a date of expiry.",
  controls: ["OWASP-NHI-2025:NHI7:2025", "SP800-53r5:IA-5", "SP800-207:T6"],
  judge({ credential, vanished }) {
    const { id, kind, storedAs, fingerprint, firstSeen, lastSeen, locations } = credential
    // Without a fingerprint nobody can say that it is still the same.
    const isKnownSame = storedAs === "plaintext" && fingerprint !== null
    if (vanished || !isKnownSame || !hasLasted(firstSeen, MAX_AGE_DAYS, lastSeen)) return []
    return [
      {
        subject: id,
        message: `This credential (${kind}) has been the same since ${dayOf(firstSeen)}.`,
        evidence: locations.map((place) => ({ path: place, line: null, what: "unchanged credential" })),
      },
    ]
  },
}
