import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Nothing is said to stand between the agent and the machine it runs on. */
export const isolationUndeclared: FindingRule<Vetted> = {
  id: "isolation-undeclared",
  severity: "medium",
  title: "An agent on a person's machine declares nothing that keeps it apart from the rest of it",
  remediation: "Run it apart, and write how under isolation: user, sandbox, container or virtual-machine.",
  controls: ["SP800-53r5:AC-6(4)", "OWASP-NHI-2025:NHI8:2025", "OWASP-ASI-2026:ASI05"],
  judge: ({ declarations, standards: { isolation } }) =>
    declarations.flatMap((each) => {
      const { category, isolation: declared } = each.manifest
      // One that does not say where it runs may run on a person's machine.
      const isAsked =
        category === undefined ? isolation.of.includes("local") : isolation.of.includes(category)
      if (!isAsked || (declared !== undefined && isolation.by.includes(declared))) return []
      const runs = category === undefined ? "It does not say of which category it is" : `It is ${category}`
      const apart = declared === undefined ? "declares no isolation" : `declares the isolation ${declared}`
      return [sight(each, ["isolation"], `${runs}, and ${apart}.`)]
    }),
}
