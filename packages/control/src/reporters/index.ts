export { type AdmitReportDeps, admitReport, requireReporter, TooSoon } from "./admit-report.ts"
export { enrolReporter, type ReporterKey } from "./enrol-reporter.ts"
export { offerReporterEnrolment, type ReporterDeps } from "./offer-reporter-enrolment.ts"
export {
  type RecordReportDeps,
  recordReport,
  refuseReport,
} from "./record-report.ts"
export type {
  ReportAdmission,
  ReporterEnrolment,
  ReporterStore,
  ReportPace,
  ReportTurn,
} from "./reporter-store.ts"
export { revokeReporter } from "./revoke-reporter.ts"
