import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { SeenCredential, SeenFinding, Severity } from "../report.ts"
import type { Rule } from "./rule.ts"

/** A credential that anybody who reads the file can use. */
export const plaintextCredential: Rule = ({ credentials }, pack) =>
  credentials
    .filter(({ storedAs }) => storedAs === "plaintext")
    .map((credential) => findingOf(credential, severityOf(credential, pack)))

function severityOf({ kind }: SeenCredential, pack: KnowledgePack): Severity {
  return pack.shapes.find(({ id }) => id === kind)?.severity ?? "high"
}

function findingOf(credential: SeenCredential, severity: Severity): SeenFinding {
  const whose = credential.provider ?? "unknown provider"
  const count = credential.locations.length
  return {
    rule: "plaintext-credential",
    severity,
    subject: credential.key,
    message: `A credential (${credential.kind}, ${whose}) stands in plain text in ${count === 1 ? "a file" : `${count} places`}.`,
    remediation:
      "Replace it at its provider, and refer to the new one by an environment variable or a keychain.",
    controls: ["OWASP-NHI-2025:NHI2:2025", "OWASP-NHI-2025:NHI7:2025", "SP800-53r5:IA-5(7)"],
    evidence: credential.locations.map((location) => ({ ...location, what: "credential in plain text" })),
  }
}
