export { budgetsOf, budgetWords, type CountedTools } from "./budgets-of.ts"
export { type CompiledManifest, compileManifest, type ManifestSource } from "./compile-manifest.ts"
export { compileTask, compileUserDefault, type TaskBounds, type UserDefault } from "./compile-task.ts"
export { effectsOf } from "./effects-of.ts"
export { guardRails } from "./guard-rails.ts"
export { KNOWN_TOOLS, type KnownTool, knownTool } from "./known-tools.ts"
export { limitsSchema } from "./limits.ts"
export {
  type ArgumentLimit,
  type Manifest,
  type ManifestTool,
  parseManifest,
  readManifest,
} from "./manifest.ts"
export { definitionDigest, type ListedTool, pinTool, type Registration } from "./pin-tool.ts"
export { TIER_CEILINGS, tierPolicies } from "./tiers.ts"
