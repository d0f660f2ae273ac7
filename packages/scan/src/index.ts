export type {
  ConfigurationOwner,
  Observation,
  ServerSighting,
  SettingSighting,
} from "./configurations/observation.ts"
export type { CredentialSighting } from "./credentials/credential-reader.ts"
export { type Fingerprint, fingerprintUnder } from "./credentials/fingerprint.ts"
export type { OperatingSystem } from "./knowledge/knowledge-pack.ts"
export { DEFAULT_LIMITS, type ScanLimits } from "./limits.ts"
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
export { type ScanOptions, scan } from "./scan.ts"
