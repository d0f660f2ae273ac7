import type { ScanRule } from "./rule.ts"

const STALE = /^stale /

/** What a client that is no more, or an older version of one, left behind, with a credential still in it. */
export const staleConfiguration: ScanRule = {
  id: "stale-configuration",
  severity: "medium",
  title: "Stale client configuration that still holds credentials",
  remediation: "Revoke the credential at its provider, then remove the file.",
  controls: ["OWASP-NHI-2025:NHI1:2025", "SP800-53r5:IA-5", "CIS-v8.1:6.2"],
  judge({ agents, credentials }) {
    const held = new Set(
      credentials
        .filter(({ storedAs }) => storedAs === "plaintext")
        .flatMap(({ locations }) => locations.map(({ path }) => path)),
    )
    return agents.flatMap(({ key, name, evidence }) => {
      const left = evidence.filter(({ path, what }) => STALE.test(what) && held.has(path))
      const message = `${name ?? "A client"} left a configuration behind that still holds a credential.`
      return left.length === 0 ? [] : [{ subject: key, message, evidence: left }]
    })
  },
}
