export { activateAgent, adoptAgent } from "./adopt-agent.ts"
export { acceptOwnership, declineOwnership } from "./answer-offer.ts"
export { gatherEstate } from "./departure/gather-estate.ts"
export {
  nameAgentSuccessor,
  namePersonSuccessor,
} from "./departure/name-successor.ts"
export { planDeparture } from "./departure/plan-departure.ts"
export { runDeparture, startMissedDepartures } from "./departure/start-departure.ts"
export type { Successor, SuccessorStore } from "./departure/successor-store.ts"
export { agreeToRenewal, declineRenewal, renewMandate } from "./mandate/renew-mandate.ts"
export type { RenewalStore, Warning, WarningStore } from "./mandate/renewal-store.ts"
export { suspendExpired } from "./mandate/suspend-expired.ts"
export { sweepAges } from "./mandate/sweep-ages.ts"
export { expireOffers, offerOwnership, withdrawOffer } from "./offer-ownership.ts"
export type { OfferStore } from "./offer-store.ts"
export type { PlanStore } from "./plans/plan-store.ts"
export type { LifecycleStores } from "./ports.ts"
export {
  type Alarm,
  quarantineAgent,
  quarantineBySystem,
  quarantineWithin,
} from "./quarantine-agent.ts"
export { retireAgent } from "./retire-agent.ts"
export { gatherHolding, planRetirement } from "./retirement/plan-retirement.ts"
export type { Certifier, RetirementDeps } from "./retirement/retirement-deps.ts"
export { runRetirement } from "./retirement/run-retirement.ts"
export { attestCredential, signException } from "./retirement/settle-credential.ts"
export type { SettlementStore } from "./retirement/settlement-store.ts"
export { dismissAgent, reopenAgent, resumeAgent, suspendAgent } from "./stop-agent.ts"
export { type Stop, type StopStores, stopWithin } from "./stop-within.ts"
