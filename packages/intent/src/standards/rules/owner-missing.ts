import type { FindingRule } from "@tabard/core"
import { sight } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** Nobody answers for the agent. */
export const ownerMissing: FindingRule<Vetted> = {
  id: "owner-missing",
  severity: "high",
  title: "A manifest names no owner",
  remediation: "Write the address of the one person who answers for the agent under owner.",
  controls: ["SP800-53r5:AC-2", "CIS-v8.1:5.5", "ISO42001-2023-A:A.3.2"],
  judge: ({ declarations }) =>
    declarations
      .filter(({ manifest }) => manifest.owner === undefined || manifest.owner.trim() === "")
      .map((each) => sight(each, ["owner"], "It names no owner.")),
}
