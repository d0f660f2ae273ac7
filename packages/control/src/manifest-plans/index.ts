export type {
  AgentPlan,
  ManifestDraft,
  ManifestPlan,
  PlanWish,
  ToolChange,
} from "./manifest-plan.ts"
export { applyPlan, planManifests } from "./plan-manifests.ts"
