import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Two manifests of one agent say that two people answer for it. */
export const ownerDisputed: FindingRule<Vetted> = {
  id: "owner-disputed",
  severity: "high",
  title: "Manifests of one agent name different owners",
  remediation: "Name the one person who answers for the agent in each of them.",
  controls: ["SP800-53r5:AC-2", "CIS-v8.1:5.5", "ISO42001-2023-A:A.3.2"],
  judge: ({ declarations }) => {
    const ownerOf = (each: (typeof declarations)[number]): string =>
      each.manifest.owner?.trim().toLowerCase() ?? ""
    return [...Map.groupBy(declarations, ({ agent }) => agent).values()].flatMap((own) => {
      const owners = new Set(own.map(ownerOf))
      if (owners.size < 2) return []
      const files = own.map(({ file }) => file).join(", ")
      return own.map((each) => sight(each, ["owner"], `Its manifests (${files}) name different owners.`))
    })
  },
}
