import type { CredentialRule } from "./inventory-credential.ts"

/**
 * One secret that agents hold on several machines, as far as reporters are: what one machine holds its scan tells; only equal fingerprints show that
 * two places hold the same bytes. The finding stands at the credential that was known first.
 */
export const sharedCredential: CredentialRule = {
  id: "shared-credential",
  severity: "medium",
  title: "One credential used by several agents",
  remediation: "Give each agent a credential of its own, and revoke the shared one.",
  controls: ["OWASP-NHI-2025:NHI9:2025", "SP800-53r5:AC-2(9)", "CIS-v8.1:5.2"],
  judge({ credential, vanished, twins, holders }) {
    const [first] = twins
    if (vanished || twins.length < 2 || holders < 2 || first?.id !== credential.id) return []
    return [
      {
        subject: credential.id,
        message: `${holders} agents that different reporters see hold one credential (${credential.kind}).`,
        evidence: credential.locations.map((place) => ({
          path: place,
          line: null,
          what: "one of its places",
        })),
      },
    ]
  },
}
