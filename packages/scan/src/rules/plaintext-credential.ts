import type { Severity } from "@tabard/core"
import { isFilePath } from "../formats/finding-place.ts"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import type { SeenCredential } from "../report.ts"
import type { ScanRule } from "./rule.ts"

/** A credential that anybody who reads the file can use. */
export const plaintextCredential: ScanRule = {
  id: "plaintext-credential",
  severity: "high",
  title: "Credential in plain text",
  remediation:
    "Replace it at its provider, and refer to the new one by an environment variable or a keychain.",
  controls: ["OWASP-NHI-2025:NHI2:2025", "SP800-53r5:IA-5(7)", "SP800-53r5:IA-5(6)"],
  judge: ({ credentials, pack }) =>
    credentials
      .filter(({ storedAs }) => storedAs === "plaintext")
      .map((credential) => ({
        subject: credential.key,
        severity: severityOf(credential, pack),
        message: messageOf(credential),
        evidence: credential.locations.map((location) => ({ ...location, what: "credential in plain text" })),
      })),
}

function severityOf({ kind }: SeenCredential, pack: KnowledgePack): Severity {
  return pack.shapes.find(({ id }) => id === kind)?.severity ?? "high"
}

function messageOf({ kind, provider, locations }: SeenCredential): string {
  const [first] = locations
  const only = first && !isFilePath(first.path) ? `the ${first.path}` : "a file"
  const places = locations.length === 1 ? only : `${locations.length} places`
  return `A credential (${kind}, ${provider ?? "unknown provider"}) stands in plain text in ${places}.`
}
