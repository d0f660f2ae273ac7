import { ABOUT_OPERATIONS, type AboutOperations } from "./about-operations.ts"
import { ACTS_OPERATIONS, type ActsOperations } from "./acts-operations.ts"
import { AGENT_OPERATIONS, type AgentOperations } from "./agent-operations.ts"
import { API_TOKEN_OPERATIONS, type ApiTokenOperations } from "./api-token-operations.ts"
import { APPLICATION_OPERATIONS, type ApplicationOperations } from "./application-operations.ts"
import { APPROVAL_OPERATIONS, type ApprovalOperations } from "./approval-operations.ts"
import { CLIENT_OPERATIONS, type ClientOperations } from "./client-operations.ts"
import { DECISION_OPERATIONS, type DecisionOperations } from "./decision-operations.ts"
import { DELEGATION_OPERATIONS, type DelegationOperations } from "./delegation-operations.ts"
import { DIRECTORY_OPERATIONS, type DirectoryOperations } from "./directory-operations.ts"
import { EVENT_OPERATIONS, type EventOperations } from "./event-operations.ts"
import { EXPORT_OPERATIONS, type ExportOperations } from "./export-operations.ts"
import { FINDING_OPERATIONS, type FindingOperations } from "./finding-operations.ts"
import { HEALTH_OPERATIONS, type HealthOperations } from "./health-operations.ts"
import { INSTANCE_OPERATIONS, type InstanceOperations } from "./instance-operations.ts"
import { INVENTORY_OPERATIONS, type InventoryOperations } from "./inventory-operations.ts"
import { ISSUER_OPERATIONS, type IssuerOperations } from "./issuer-operations.ts"
import { KEY_OPERATIONS, type KeyOperations } from "./key-operations.ts"
import { LIFECYCLE_OPERATIONS, type LifecycleOperations } from "./lifecycle-operations.ts"
import { LOG_OPERATIONS, type LogOperations } from "./log-operations.ts"
import { LOG_POLICY_OPERATIONS, type LogPolicyOperations } from "./log-policy-operations.ts"
import { MANIFEST_PLAN_OPERATIONS, type ManifestPlanOperations } from "./manifest-plan-operations.ts"
import { NOTIFICATION_OPERATIONS, type NotificationOperations } from "./notification-operations.ts"
import { OBSERVE_OPERATIONS, type ObserveOperations } from "./observe-operations.ts"
import { OVERVIEW_OPERATIONS, type OverviewOperations } from "./overview-operations.ts"
import { OWN_POLICY_OPERATIONS, type OwnPolicyOperations } from "./own-policy-operations.ts"
import { OWNERSHIP_OPERATIONS, type OwnershipOperations } from "./ownership-operations.ts"
import { PEOPLE_FILE_OPERATIONS, type PeopleFileOperations } from "./people-file-operations.ts"
import { PEOPLE_OPERATIONS, type PeopleOperations } from "./people-operations.ts"
import { POLICY_TEST_OPERATIONS, type PolicyTestOperations } from "./policy-test-operations.ts"
import { PROVISIONING_OPERATIONS, type ProvisioningOperations } from "./provisioning-operations.ts"
import { REACH_OPERATIONS, type ReachOperations } from "./reach-operations.ts"
import { REGISTER_OPERATIONS, type RegisterOperations } from "./register-operations.ts"
import { REPORTER_OPERATIONS, type ReporterOperations } from "./reporter-operations.ts"
import { RETENTION_OPERATIONS, type RetentionOperations } from "./retention-operations.ts"
import { RISK_LINE_OPERATIONS, type RiskLineOperations } from "./risk-line-operations.ts"
import { SAVED_VIEW_OPERATIONS, type SavedViewOperations } from "./saved-view-operations.ts"
import { SCAN_OPERATIONS, type ScanOperations } from "./scan-operations.ts"
import { SEARCH_OPERATIONS, type SearchOperations } from "./search-operations.ts"
import { SEEN_OPERATIONS, type SeenOperations } from "./seen-operations.ts"
import { SERVER_OPERATIONS, type ServerOperations } from "./server-operations.ts"
import { SESSION_OPERATIONS, type SessionOperations } from "./session-operations.ts"
import { SIGN_IN_OPERATIONS, type SignInOperations } from "./sign-in-operations.ts"
import { SIGNAL_OPERATIONS, type SignalOperations } from "./signal-operations.ts"
import { SINK_OPERATIONS, type SinkOperations } from "./sink-operations.ts"
import { TASK_OPERATIONS, type TaskOperations } from "./task-operations.ts"
import { TEAM_OPERATIONS, type TeamOperations } from "./team-operations.ts"
import { TOOL_OPERATIONS, type ToolOperations } from "./tool-operations.ts"
import { TRUST_OPERATIONS, type TrustOperations } from "./trust-operations.ts"

/** Every operation under `/api/v1`. Server, client and documentation are made from this table. */
export interface Operations
  extends AboutOperations,
    ActsOperations,
    AgentOperations,
    ApiTokenOperations,
    ApplicationOperations,
    ApprovalOperations,
    ClientOperations,
    DecisionOperations,
    DelegationOperations,
    DirectoryOperations,
    EventOperations,
    ExportOperations,
    FindingOperations,
    HealthOperations,
    InstanceOperations,
    InventoryOperations,
    IssuerOperations,
    KeyOperations,
    LifecycleOperations,
    LogOperations,
    LogPolicyOperations,
    ManifestPlanOperations,
    NotificationOperations,
    OverviewOperations,
    OwnPolicyOperations,
    PolicyTestOperations,
    OwnershipOperations,
    PeopleFileOperations,
    PeopleOperations,
    ProvisioningOperations,
    ObserveOperations,
    ReachOperations,
    RegisterOperations,
    ReporterOperations,
    RetentionOperations,
    RiskLineOperations,
    SavedViewOperations,
    ScanOperations,
    SearchOperations,
    SeenOperations,
    ServerOperations,
    SessionOperations,
    SignInOperations,
    SignalOperations,
    SinkOperations,
    TaskOperations,
    TeamOperations,
    ToolOperations,
    TrustOperations {}

/** The table itself. */
export const OPERATIONS: Operations = {
  ...ABOUT_OPERATIONS,
  ...ACTS_OPERATIONS,
  ...EVENT_OPERATIONS,
  ...EXPORT_OPERATIONS,
  ...RETENTION_OPERATIONS,
  ...HEALTH_OPERATIONS,
  ...RISK_LINE_OPERATIONS,
  ...KEY_OPERATIONS,
  ...LOG_OPERATIONS,
  ...SAVED_VIEW_OPERATIONS,
  ...SEARCH_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...SIGNAL_OPERATIONS,
  ...SINK_OPERATIONS,
  ...NOTIFICATION_OPERATIONS,
  ...FINDING_OPERATIONS,
  ...REPORTER_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  // Before what takes an id: an id is never spelt so.
  ...PEOPLE_FILE_OPERATIONS,
  ...DIRECTORY_OPERATIONS,
  ...PROVISIONING_OPERATIONS,
  ...ISSUER_OPERATIONS,
  ...TEAM_OPERATIONS,
  ...TOOL_OPERATIONS,
  ...TRUST_OPERATIONS,
  ...API_TOKEN_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...DECISION_OPERATIONS,
  ...MANIFEST_PLAN_OPERATIONS,
  ...DELEGATION_OPERATIONS,
  ...OWN_POLICY_OPERATIONS,
  ...POLICY_TEST_OPERATIONS,
  ...OWNERSHIP_OPERATIONS,
  ...INSTANCE_OPERATIONS,
  ...INVENTORY_OPERATIONS,
  ...LIFECYCLE_OPERATIONS,
  ...LOG_POLICY_OPERATIONS,
  ...OBSERVE_OPERATIONS,
  ...REACH_OPERATIONS,
  ...REGISTER_OPERATIONS,
  ...SEEN_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...OVERVIEW_OPERATIONS,
  ...SCAN_OPERATIONS,
  ...AGENT_OPERATIONS,
  ...TASK_OPERATIONS,
  ...SERVER_OPERATIONS,
  ...APPLICATION_OPERATIONS,
  ...APPROVAL_OPERATIONS,
}
