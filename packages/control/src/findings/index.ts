export {
  type AcceptanceRequest,
  acceptFinding,
  findFinding,
  withdrawAcceptance,
} from "./accept-finding.ts"
export {
  type Control,
  type ControlCatalogue,
  type ControlFramework,
  controlCatalogue,
  controlName,
} from "./control-catalogue.ts"
export { findingRule, findingRules } from "./finding-rules.ts"
export type {
  DiscoverySource,
  FindingCount,
  FindingKey,
  FindingQuery,
  FindingStore,
  Sighting,
} from "./finding-store.ts"
export { lapseAcceptances } from "./lapse-acceptances.ts"
export { isSwept, SWEEP_START, type SweepPlace, sweepFindings } from "./sweep-findings.ts"
