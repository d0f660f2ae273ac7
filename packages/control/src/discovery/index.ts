export { type Merge, mergeAgents } from "./merge-agents.ts"
export { recordScan, type ScanChanges } from "./record-scan.ts"
export { type Split, splitAgent } from "./split-agent.ts"
