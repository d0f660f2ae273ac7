import type { FindingRule } from "@tabard/core"
import { environmentWords, isSensitive } from "../environment.ts"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"
import { isWild } from "../wild-limit.ts"

/** What is given where it matters is not written out. */
export const wildcardInProduction: FindingRule<Vetted> = {
  id: "wildcard-in-production",
  severity: "high",
  title: "A manifest for a sensitive environment gives more than it names",
  remediation: "Name each tool, folder and host there; a class or a root gives what nobody has looked at.",
  controls: ["SP800-53r5:AC-6", "OWASP-NHI-2025:NHI8:2025", "OWASP-NHI-2025:NHI5:2025"],
  judge: ({ declarations, standards }) =>
    declarations
      .filter((each) => isSensitive(each, standards))
      .flatMap((each) =>
        each.uses.flatMap(({ entry, server, index }) => [
          ...(entry.tool.startsWith("effect:")
            ? [
                sight(
                  each,
                  ["tools", index, "tool"],
                  `It gives ${entry.tool} of ${server} in ${environmentWords(each)}.`,
                ),
              ]
            : []),
          ...Object.entries(entry.arguments ?? {})
            .filter(([, limit]) => !("given" in limit) && isWild(limit))
            .map(([name]) =>
              sight(
                each,
                ["tools", index, "arguments", name],
                `The limit on ${name} of ${server}/${entry.tool} holds nothing back in ${environmentWords(each)}.`,
              ),
            ),
        ]),
      ),
}
