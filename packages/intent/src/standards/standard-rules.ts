import type { FindingRule } from "@tabard/core"
import { consequentialToolUnlimited } from "./rules/consequential-tool-unlimited.ts"
import { delegateUnknown } from "./rules/delegate-unknown.ts"
import { expiryMissing, expiryPassed, expiryTooFar } from "./rules/expiry.ts"
import { identityTooWeak } from "./rules/identity-too-weak.ts"
import { isolationUndeclared } from "./rules/isolation-undeclared.ts"
import { ownerDisputed } from "./rules/owner-disputed.ts"
import { ownerMissing } from "./rules/owner-missing.ts"
import { ownerUnknown } from "./rules/owner-unknown.ts"
import { permitByHand } from "./rules/permit-by-hand.ts"
import { purposeNotStated } from "./rules/purpose-not-stated.ts"
import { separationOfDuties } from "./rules/separation-of-duties.ts"
import { toolBeyondTier } from "./rules/tool-beyond-tier.ts"
import { toolNotDefined } from "./rules/tool-not-defined.ts"
import { wildcardInProduction } from "./rules/wildcard-in-production.ts"
import { writeByClass } from "./rules/write-by-class.ts"
import type { Vetted } from "./vetted.ts"

/** The rules that manifests are held to. */
export const STANDARD_RULES: readonly FindingRule<Vetted>[] = [
  separationOfDuties,
  toolBeyondTier,
  consequentialToolUnlimited,
  writeByClass,
  wildcardInProduction,
  permitByHand,
  identityTooWeak,
  ownerMissing,
  ownerUnknown,
  ownerDisputed,
  delegateUnknown,
  expiryPassed,
  expiryMissing,
  expiryTooFar,
  isolationUndeclared,
  purposeNotStated,
  toolNotDefined,
]
