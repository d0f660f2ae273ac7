export { endObserving } from "./end-observing.ts"
export {
  type AgentObserving,
  agentObserving,
  enforceAgent,
  MOST_OBSERVED_DAYS,
  type ObserveModeDeps,
  observeAgent,
} from "./observe-mode.ts"
export type {
  ObservedCall,
  ObservedCircumstances,
  ObservePeriod,
  ObserveStore,
  Rehearsal,
} from "./observe-store.ts"
export {
  type EnforcingPreview,
  previewEnforcing,
  type StoppedCalls,
} from "./preview-enforcing.ts"
export { LEAST_REHEARSED, recordRehearsal } from "./record-rehearsal.ts"
export type { RehearsalStanding } from "./rehearsal-standing.ts"
export { type ManifestSuggestion, suggestFromObserved } from "./suggest-from-observed.ts"
