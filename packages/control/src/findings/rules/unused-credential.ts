import { type AgentRule, dayOf, hasLasted, inventorySays, isEnded } from "./inventory-agent.ts"
import type { CredentialRule } from "./inventory-credential.ts"

/** After how long a credential that nobody uses is to go. */
const UNUSED_DAYS = 90

const description = {
  id: "unused-credential",
  severity: "medium",
  title: "Credential unused for 90 days",
  remediation: "Revoke it where it was issued, then remove it from its place.",
  controls: ["SP800-53r5:AC-2(3)", "OWASP-NHI-2025:NHI1:2025", "CIS-v8.1:5.3"],
} as const

/** Keys that an agent enrolled here and got no token by: of these we know the use, because we issue the tokens. */
export const unusedKeys: AgentRule = {
  ...description,
  judge({ agent, liveKeys, idleSince, now }) {
    if (liveKeys === 0 || idleSince === null || isEnded(agent)) return []
    if (!hasLasted(idleSince, UNUSED_DAYS, now)) return []
    const keys = liveKeys === 1 ? "one enrolled key" : `${liveKeys} enrolled keys`
    return [
      {
        subject: agent.id,
        message: `It has ${keys}, and has got no token since ${dayOf(idleSince)}.`,
        evidence: [inventorySays(`no token since ${dayOf(idleSince)}`)],
      },
    ]
  },
}

/**
 * A credential that still lies where it was, though every agent that held it was retired long ago. Of others' credentials
 * no more is known: unknown is not unused.
 */
export const leftCredential: CredentialRule = {
  ...description,
  judge({ credential, vanished, endedSince, now }) {
    if (vanished || endedSince === null || !hasLasted(endedSince, UNUSED_DAYS, now)) return []
    return [
      {
        subject: credential.id,
        message: `Every agent that held it was retired by ${dayOf(endedSince)}, and it is still there.`,
        evidence: credential.locations.map((place) => ({ path: place, line: null, what: credential.kind })),
      },
    ]
  },
}
