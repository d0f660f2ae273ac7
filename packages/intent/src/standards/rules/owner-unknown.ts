import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** The owner is nobody whom the directory knows as active. */
export const ownerUnknown: FindingRule<Vetted> = {
  id: "owner-unknown",
  severity: "high",
  title: "A manifest names an owner whom the directory does not have",
  remediation: "Name a person who is active in the directory, by the address that stands there.",
  controls: ["SP800-53r5:AC-2", "SP800-53r5:PS-4", "CIS-v8.1:5.5"],
  judge: ({ declarations, people }) =>
    declarations.flatMap((each) => {
      const owner = each.manifest.owner?.trim()
      if (!people || owner === undefined || owner === "") return []
      const isActive = people.get(owner.toLowerCase())
      if (isActive === true) return []
      const why = isActive === false ? "is no longer active" : "is not in the directory"
      return [sight(each, ["owner"], `Its owner ${owner} ${why}.`)]
    }),
}
