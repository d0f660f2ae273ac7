import type { FindingRule } from "@tabard/core"
import { environmentWords, isSensitive } from "../environment.ts"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Where it matters, the agent may prove itself by what can be copied. */
export const identityTooWeak: FindingRule<Vetted> = {
  id: "identity-too-weak",
  severity: "high",
  title: "A manifest for a sensitive environment admits identities that the standards do not",
  remediation:
    "List under identity only kinds that the standards admit there, such as federated or hardware-key.",
  controls: ["OWASP-NHI-2025:NHI4:2025", "SP800-53r5:IA-9", "SP800-53r5:IA-5"],
  judge: ({ declarations, standards }) =>
    declarations
      .filter((each) => isSensitive(each, standards))
      .flatMap((each) => {
        const weak = each.manifest.identity?.filter((kind) => !standards.identities.includes(kind))
        if (weak?.length === 0) return []
        const admits = weak ? `admits ${weak.join(", ")}` : "does not say how it proves itself"
        const message = `It acts in ${environmentWords(each)}, and ${admits}; ${standards.identities.join(" or ")} is asked for.`
        return [sight(each, ["identity"], message)]
      }),
}
