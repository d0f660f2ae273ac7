import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Work is handed to an agent of which no manifest is at hand. */
export const delegateUnknown: FindingRule<Vetted> = {
  id: "delegate-unknown",
  severity: "high",
  title: "A manifest hands work to an agent whose manifest was not looked at",
  remediation: "Check both manifests in one run: what the other may do is not known otherwise.",
  controls: ["SP800-53r5:AC-5", "OWASP-ASI-2026:ASI07", "OWASP-ASI-2026:ASI03"],
  judge: ({ declarations, delegations = [] }) => {
    const known = new Set(declarations.map(({ agent }) => agent))
    const heldBy = (agent: string): readonly string[] =>
      delegations.flatMap(({ from, to }) => (from === agent && !known.has(to) ? [to] : []))
    return declarations.flatMap((each) => [
      ...heldBy(each.agent).map((other) =>
        sight(each, ["agent"], `The server lets ${other} act for it, whose manifest is not here.`, other),
      ),
      ...(each.manifest.delegatesTo ?? []).flatMap((other, at) =>
        known.has(other)
          ? []
          : [
              sight(
                each,
                ["delegatesTo", at],
                `It may hand work to ${other}, whose manifest is not here.`,
                other,
              ),
            ],
      ),
    ])
  },
}
