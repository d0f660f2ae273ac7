import type { FindingRule } from "@tabard/core"
import { sightByHand } from "../sight.ts"
import type { Vetted } from "../vetted.ts"

/** A policy beside a manifest gives what no rule can weigh. */
export const permitByHand: FindingRule<Vetted> = {
  id: "permit-by-hand",
  severity: "medium",
  title: "A policy written by hand permits what no standard weighs",
  remediation:
    "Write what it permits into the manifest, where each bound is weighed, or have a person except the agent until a day.",
  controls: ["SP800-53r5:AC-6", "NIST-CSF-2.0:PR.AA-05"],
  judge: ({ declarations }) =>
    declarations.flatMap((each) =>
      (each.byHand?.policies ?? [])
        .filter(({ effect }) => effect === "permit")
        .map((policy) => sightByHand(each, `${policy.id} permits by hand, beside the manifest.`, policy)),
    ),
}
