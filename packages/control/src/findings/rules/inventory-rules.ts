import type { RuleDescription } from "@tabard/core"
import { governEachOther } from "./govern-each-other.ts"
import { governsItself } from "./governs-itself.ts"
import type { AgentRule } from "./inventory-agent.ts"
import type { CredentialRule } from "./inventory-credential.ts"
import { limitsReached } from "./limits-reached.ts"
import { longLivedCredential } from "./long-lived-credential.ts"
import { mandateEnding } from "./mandate-ending.ts"
import { noOwner } from "./no-owner.ts"
import { noPurpose } from "./no-purpose.ts"
import { ownerLeft } from "./owner-left.ts"
import { productionWithoutFederation } from "./production-without-federation.ts"
import { retiredStillThere } from "./retired-still-there.ts"
import { reviewOverdue } from "./review-overdue.ts"
import { shadowAgent } from "./shadow-agent.ts"
import { sharedCredential } from "./shared-credential.ts"
import { sourceNotRead } from "./source-not-read.ts"
import { unboundTokens } from "./unbound-tokens.ts"
import { leftCredential, unusedKeys } from "./unused-credential.ts"

/** All rules that look at one agent of the inventory. */
export const AGENT_RULES: readonly AgentRule[] = [
  noOwner,
  ownerLeft,
  noPurpose,
  shadowAgent,
  productionWithoutFederation,
  reviewOverdue,
  mandateEnding,
  unusedKeys,
  unboundTokens,
  retiredStillThere,
  governsItself,
  governEachOther,
  limitsReached,
]

/** All rules that look at one credential of the inventory. */
export const CREDENTIAL_RULES: readonly CredentialRule[] = [
  longLivedCredential,
  sharedCredential,
  leftCredential,
]

/** Every rule that needs the inventory, as it is listed. Where a scan has a rule of the same id, they are one. */
export const INVENTORY_RULES: readonly RuleDescription[] = [
  ...AGENT_RULES,
  ...CREDENTIAL_RULES,
  sourceNotRead,
]
