export { freest } from "./autonomy/autonomy-order.ts"
export type {
  ConfigurationOwner,
  Observation,
  ServerSighting,
  SettingSighting,
} from "./configurations/observation.ts"
export type { CredentialSighting } from "./credentials/credential-reader.ts"
export { type Fingerprint, fingerprintUnder } from "./credentials/fingerprint.ts"
export { maskedSecrets } from "./credentials/masked-secrets.ts"
export { namesSecret } from "./credentials/secret-names.ts"
export { withoutSecrets } from "./credentials/without-secrets.ts"
export { DECLARED_SETTINGS, type DeclaredSetting } from "./declarations/declared-settings.ts"
export { agentImage, agentResource } from "./declarations/known-agents.ts"
export {
  startsForStrangers,
  tokenWrites,
  WORKFLOW_GUARDS,
  WORKFLOW_SETTINGS,
  WORKFLOW_TOKENS,
  type WorkflowSetting,
} from "./declarations/workflow-settings.ts"
export { AUTONOMY_STEPS, autonomySteps, autonomyWords } from "./formats/autonomy-scale.ts"
export { cyclonedxOf } from "./formats/cyclonedx.ts"
export { type FirstThing, firstThings } from "./formats/first-things.ts"
export { htmlOf } from "./formats/html/html-page.ts"
export { inertJson } from "./formats/inert-json.ts"
export { type Baseline, MalformedBaseline, onlyNew, parseBaseline } from "./formats/only-new.ts"
export { RISK_CELLS, type RiskCell, type RiskRow, riskGrid } from "./formats/risk-grid.ts"
export { riskiestFirst, type ScoredAgent } from "./formats/riskiest-first.ts"
export { sarifOf } from "./formats/sarif.ts"
export { type FindingRun, type PlacedFinding, type SarifLog, sarifLog } from "./formats/sarif-log.ts"
export { canonicalFramework } from "./knowledge/canonical-framework.ts"
export type { OperatingSystem } from "./knowledge/knowledge-pack.ts"
export { knownSystem } from "./knowledge/known-systems.ts"
export { catalogueSystems, knownEffects, type Reached, systemOf } from "./launch/known-server.ts"
export { DEFAULT_LIMITS, type ScanLimits } from "./limits.ts"
export { movingVariables } from "./places/moving-variables.ts"
export type { Environment } from "./places/relocated.ts"
export type { ListProcesses, ProcessList, RunningProcess } from "./processes/running-process.ts"
export { systemProcesses } from "./processes/system-processes.ts"
export type {
  Autonomy,
  AutonomySetting,
  Coverage,
  Evidence,
  Location,
  ScanReport,
  SeenAgent,
  SeenCredential,
  SeenFinding,
  SeenMcpServer,
  Severity,
  Transport,
  Unreadable,
} from "./report.ts"
export { type ScanProgress, type ScanReporter, silentReporter } from "./reporter.ts"
export { riskFactsOf } from "./risk/risk-facts.ts"
export type { RiskKnowledge } from "./risk/risk-knowledge.ts"
export { riskOfSeen } from "./risk/seen-risk.ts"
export { findingsOf } from "./rules/findings-of.ts"
export type { ScanRule, Sight } from "./rules/rule.ts"
export { SCAN_RULES } from "./rules/scan-rules.ts"
export { type ScanOptions, scan } from "./scan.ts"
