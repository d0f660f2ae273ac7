export { type ActOnAgentsDeps, type ActOutcome, actOnAgents } from "./act-on-agents.ts"
export type { ActOnMany, AgentAct } from "./agent-act.ts"
export { type ActsPreview, previewActs } from "./preview-acts.ts"
