import { runFindingRules } from "@tabard/core"
import { settled, type VettedFindings } from "../standards/vet.ts"
import { PROVISIONED_RULES, type ProvisionedSight } from "./provisioned-rules.ts"

/** Holds what is about to be made to the same standards as manifests. */
export function vetProvisioned(sight: ProvisionedSight, now: Date): VettedFindings {
  return settled(runFindingRules(PROVISIONED_RULES, sight), { standards: sight.standards, now })
}
