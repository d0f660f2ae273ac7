import type { ScanRule } from "./rule.ts"

/** A static credential that outlives its use, where its provider offers one that ends by itself. */
export const longLivedCredential: ScanRule = {
  id: "long-lived-credential",
  severity: "medium",
  title: "Long-lived static credential",
  remediation:
    "Use what ends by itself instead: a role, identity federation, an OAuth grant, or a token with a date of expiry.",
  controls: ["OWASP-NHI-2025:NHI7:2025", "SP800-53r5:IA-5", "SP800-207:T6"],
  judge({ credentials, pack }) {
    const longLived = new Set(pack.shapes.filter((shape) => shape.longLived).map(({ id }) => id))
    return credentials
      .filter(({ kind }) => longLived.has(kind))
      .map(({ key, kind, provider, locations }) => ({
        subject: key,
        message: `A credential (${kind}, ${provider ?? "unknown provider"}) is static and does not end by itself.`,
        evidence: locations.map((location) => ({ ...location, what: "long-lived static credential" })),
      }))
  },
}
