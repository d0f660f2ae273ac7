import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Everything of a class that does more than read. */
export const writeByClass: FindingRule<Vetted> = {
  id: "write-by-class",
  severity: "high",
  title: "A manifest gives every tool of a class that does more than read",
  remediation: "Name each tool: one that its server adds tomorrow is then not given today.",
  controls: ["SP800-53r5:AC-6", "OWASP-NHI-2025:NHI5:2025", "CIS-v8.1:3.3"],
  judge: ({ declarations }) =>
    declarations.flatMap((each) =>
      each.uses
        .filter(({ entry }) => entry.tool.startsWith("effect:") && entry.tool !== "effect:read")
        .map(({ server, entry, index }) =>
          sight(each, ["tools", index, "tool"], `${entry.tool} gives every such tool of ${server}.`),
        ),
    ),
}
