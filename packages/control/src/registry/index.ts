export type { AgentQuery, AgentStore } from "./agent-store.ts"
export { assertAnswersFor, type Caller, isSteward } from "./caller.ts"
export type { Correlation, CorrelationStore } from "./correlation-store.ts"
export { describeAgent } from "./describe-agent.ts"
export { DESCRIBED, type Description, type DescriptionChange } from "./description.ts"
export { BY_HAND, enterAgent } from "./enter-agent.ts"
export type { FactStore } from "./fact-store.ts"
export { findAgent } from "./find-agent.ts"
export { addMaintainer, removeMaintainer } from "./maintain-agent.ts"
export { addMaintainingTeam, removeMaintainingTeam } from "./maintain-by-team.ts"
export type { Maintainer, MaintainerStore, MaintainingTeam } from "./maintainer-store.ts"
export type {
  BegunScan,
  KnownThing,
  Observation,
  ObservationStore,
  ObservedKind,
  ScanRecord,
  ScanResult,
  ScanSource,
  SeenQuery,
  SightingQuery,
  SystemUse,
  Uses,
} from "./observation-store.ts"
export type { OrganisationStore } from "./organisation-store.ts"
export { putSettings } from "./put-settings.ts"
export type { ServerStore } from "./server-store.ts"
export type { UserStore } from "./user-store.ts"
