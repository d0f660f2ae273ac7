import { z } from "zod"
import { ABOUT_OPERATIONS, type AboutOperations } from "./about-operations.ts"
import { administrators, readers, stewards } from "./access-groups.ts"
import { ACTS_OPERATIONS, type ActsOperations } from "./acts-operations.ts"
import { API_TOKEN_OPERATIONS, type ApiTokenOperations } from "./api-token-operations.ts"
import { CLIENT_OPERATIONS, type ClientOperations } from "./client-operations.ts"
import { DELEGATION_OPERATIONS, type DelegationOperations } from "./delegation-operations.ts"
import { DIRECTORY_OPERATIONS, type DirectoryOperations } from "./directory-operations.ts"
import { EVENT_OPERATIONS, type EventOperations } from "./event-operations.ts"
import { EXPORT_OPERATIONS, type ExportOperations } from "./export-operations.ts"
import { FINDING_OPERATIONS, type FindingOperations } from "./finding-operations.ts"
import { HEALTH_OPERATIONS, type HealthOperations } from "./health-operations.ts"
import * as inputs from "./inputs.ts"
import { INSTANCE_OPERATIONS, type InstanceOperations } from "./instance-operations.ts"
import { INVENTORY_OPERATIONS, type InventoryOperations } from "./inventory-operations.ts"
import { ISSUER_OPERATIONS, type IssuerOperations } from "./issuer-operations.ts"
import { KEY_OPERATIONS, type KeyOperations } from "./key-operations.ts"
import { LIFECYCLE_OPERATIONS, type LifecycleOperations } from "./lifecycle-operations.ts"
import * as lists from "./list-inputs.ts"
import { LOG_OPERATIONS, type LogOperations } from "./log-operations.ts"
import { LOG_POLICY_OPERATIONS, type LogPolicyOperations } from "./log-policy-operations.ts"
import { NOTIFICATION_OPERATIONS, type NotificationOperations } from "./notification-operations.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import { OWNERSHIP_OPERATIONS, type OwnershipOperations } from "./ownership-operations.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { PEOPLE_FILE_OPERATIONS, type PeopleFileOperations } from "./people-file-operations.ts"
import { PEOPLE_OPERATIONS, type PeopleOperations } from "./people-operations.ts"
import { PROVISIONING_OPERATIONS, type ProvisioningOperations } from "./provisioning-operations.ts"
import { REGISTER_OPERATIONS, type RegisterOperations } from "./register-operations.ts"
import { REPORTER_OPERATIONS, type ReporterOperations } from "./reporter-operations.ts"
import { RETENTION_OPERATIONS, type RetentionOperations } from "./retention-operations.ts"
import { RISK_LINE_OPERATIONS, type RiskLineOperations } from "./risk-line-operations.ts"
import { SAVED_VIEW_OPERATIONS, type SavedViewOperations } from "./saved-view-operations.ts"
import { SEARCH_OPERATIONS, type SearchOperations } from "./search-operations.ts"
import { SEEN_OPERATIONS, type SeenOperations } from "./seen-operations.ts"
import { SESSION_OPERATIONS, type SessionOperations } from "./session-operations.ts"
import { SIGNAL_OPERATIONS, type SignalOperations } from "./signal-operations.ts"
import { SINK_OPERATIONS, type SinkOperations } from "./sink-operations.ts"
import { TEAM_OPERATIONS, type TeamOperations } from "./team-operations.ts"
import { TRUST_OPERATIONS, type TrustOperations } from "./trust-operations.ts"
import { AgentDetail, AgentSummary } from "./views/agent.ts"
import { ApprovalView } from "./views/approval.ts"
import { DirectoryPersonView } from "./views/directory.ts"
import { LogView } from "./views/event.ts"
import { OverviewView, ScanProgress, ScanView } from "./views/overview.ts"
import { SessionView } from "./views/person.ts"
import { RiskPictureView } from "./views/risk.ts"
import { ServerView } from "./views/server.ts"
import { TaskView } from "./views/task.ts"

/** What a sign-in link leads to: whether the first administrator still has to say who they are. */
export interface SignInState {
  readonly firstAdministrator: boolean
}

/** Every operation under `/api/v1`. Server, client and documentation are made from this table. */
export interface Operations
  extends AboutOperations,
    ActsOperations,
    ApiTokenOperations,
    ClientOperations,
    DelegationOperations,
    OwnershipOperations,
    InstanceOperations,
    InventoryOperations,
    LifecycleOperations,
    LogPolicyOperations,
    RegisterOperations,
    SeenOperations,
    SearchOperations,
    SessionOperations,
    SignalOperations,
    SinkOperations,
    NotificationOperations,
    FindingOperations,
    ReporterOperations,
    RetentionOperations,
    RetentionOperations,
    RiskLineOperations,
    KeyOperations,
    LogOperations,
    SavedViewOperations,
    EventOperations,
    ExportOperations,
    HealthOperations,
    PeopleOperations,
    PeopleFileOperations,
    DirectoryOperations,
    ProvisioningOperations,
    IssuerOperations,
    TeamOperations,
    TrustOperations {
  readonly checkSignIn: Operation<{ code: string }, SignInState>
  readonly signIn: Operation<inputs.SignIn, SessionView>
  readonly getSession: Operation<inputs.Nothing, SessionView>
  readonly signOut: Operation<inputs.Nothing, inputs.Nothing>
  readonly getOverview: Operation<inputs.Nothing, OverviewView>
  readonly getRiskPicture: Operation<inputs.Nothing, RiskPictureView>
  readonly startScan: Operation<inputs.Nothing, ScanProgress>
  readonly listScans: Operation<lists.ScanFilter, Page<ScanView>>
  readonly listPeople: Operation<lists.PersonFilter, Page<DirectoryPersonView>>
  readonly listAgents: Operation<lists.AgentFilter, Page<AgentSummary>>
  readonly getAgent: Operation<inputs.ById, AgentDetail>
  readonly adoptAgent: Operation<inputs.Adoption, AgentDetail>
  readonly activateAgent: Operation<inputs.ById, AgentDetail>
  readonly putManifest: Operation<inputs.ManifestText, AgentDetail>
  readonly suspendAgent: Operation<inputs.WithReason, AgentDetail>
  readonly quarantineAgent: Operation<inputs.WithReason, AgentDetail>
  readonly resumeAgent: Operation<inputs.WithReason, AgentDetail>
  readonly retireAgent: Operation<inputs.WithReason, AgentDetail>
  readonly signRetirement: Operation<inputs.WithReason, AgentDetail>
  readonly dismissAgent: Operation<inputs.WithReason, AgentDetail>
  readonly openTask: Operation<inputs.TaskOpening, TaskView>
  readonly closeTask: Operation<inputs.ById, TaskView>
  readonly listServers: Operation<PageQuery, Page<ServerView>>
  readonly registerServer: Operation<inputs.ServerRegistration, ServerView>
  readonly listApprovals: Operation<lists.ApprovalFilter, Page<ApprovalView>>
  readonly getApproval: Operation<inputs.ById, ApprovalView>
  readonly answerApproval: Operation<inputs.VerdictInput, ApprovalView>
  readonly getLog: Operation<inputs.Nothing, LogView>
}

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
  ...TRUST_OPERATIONS,
  ...API_TOKEN_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...DELEGATION_OPERATIONS,
  ...OWNERSHIP_OPERATIONS,
  ...INSTANCE_OPERATIONS,
  ...INVENTORY_OPERATIONS,
  ...LIFECYCLE_OPERATIONS,
  ...LOG_POLICY_OPERATIONS,
  ...REGISTER_OPERATIONS,
  ...SEEN_OPERATIONS,
  checkSignIn: post(
    "/sign-in/check",
    "public",
    "Says what a sign-in link leads to, without using it",
    z.strictObject({ code: z.string().min(1).max(64) }),
    z.object({ firstAdministrator: z.boolean() }),
  ),
  signIn: post("/sign-in", "public", "Signs in by a one-time link", inputs.SignIn, SessionView),
  getSession: get("/session", "signed-in", "Who is signed in", inputs.Nothing, SessionView),
  signOut: post("/sign-out", "signed-in", "Ends this session", inputs.Nothing, inputs.Nothing),
  getOverview: get(
    "/overview",
    "signed-in",
    "Is anything wrong, what is waiting, what changed",
    inputs.Nothing,
    OverviewView,
  ),
  getRiskPicture: get(
    "/risk-picture",
    "signed-in",
    "The riskiest agents by access and autonomy",
    inputs.Nothing,
    RiskPictureView,
  ),
  startScan: post("/scans", stewards, "Reads the configured places again", inputs.Nothing, ScanProgress),
  listScans: list("/scans", readers, "What was scanned, newest first", lists.ScanFilter, ScanView),
  listPeople: list(
    "/people",
    "signed-in",
    "Everybody in the directory, by name",
    lists.PersonFilter,
    DirectoryPersonView,
  ),
  listAgents: list("/agents", "signed-in", "The inventory", lists.AgentFilter, AgentSummary),
  getAgent: get("/agents/:id", "signed-in", "One agent with what is known of it", inputs.ById, AgentDetail),
  adoptAgent: post(
    "/agents/:id/adoption",
    stewards,
    "Takes ownership of a discovered agent",
    inputs.Adoption,
    AgentDetail,
  ),
  activateAgent: post(
    "/agents/:id/activation",
    stewards,
    "Agrees, as the second person, to an adoption",
    inputs.ById,
    AgentDetail,
  ),
  putManifest: put(
    "/agents/:id/manifest",
    "signed-in",
    "Declares what an agent is for and may do",
    inputs.ManifestText,
    AgentDetail,
  ),
  suspendAgent: post(
    "/agents/:id/suspension",
    "signed-in",
    "Stops an agent at once",
    inputs.WithReason,
    AgentDetail,
  ),
  quarantineAgent: post(
    "/agents/:id/quarantine",
    stewards,
    "Stops an agent at once until a person has looked at it",
    inputs.WithReason,
    AgentDetail,
  ),
  resumeAgent: post(
    "/agents/:id/resumption",
    "signed-in",
    "Lets a stopped agent act again",
    inputs.WithReason,
    AgentDetail,
  ),
  retireAgent: post(
    "/agents/:id/retirement",
    "signed-in",
    "Ends an agent for ever",
    inputs.WithReason,
    AgentDetail,
  ),
  signRetirement: post(
    "/agents/:id/retirement/exception",
    "signed-in",
    "Signs that a retiring agent is retired although credentials of others are not settled",
    inputs.WithReason,
    AgentDetail,
  ),
  dismissAgent: post(
    "/agents/:id/dismissal",
    stewards,
    "Says that a discovery is not an agent",
    inputs.WithReason,
    AgentDetail,
  ),
  openTask: post(
    "/agents/:id/tasks",
    "signed-in",
    "Opens a bounded run for an agent",
    inputs.TaskOpening,
    TaskView,
  ),
  closeTask: post("/tasks/:id/closing", "signed-in", "Closes a task at once", inputs.ById, TaskView),
  listServers: list("/servers", "signed-in", "Servers behind the gateway, by name", Paged, ServerView),
  registerServer: post(
    "/servers",
    administrators,
    "Puts a server behind the gateway and pins its tools",
    inputs.ServerRegistration,
    ServerView,
  ),
  listApprovals: list(
    "/approvals",
    "signed-in",
    "Questions to people, newest first",
    lists.ApprovalFilter,
    ApprovalView,
  ),
  getApproval: get("/approvals/:id", "signed-in", "One question", inputs.ById, ApprovalView),
  answerApproval: post(
    "/approvals/:id/verdict",
    "signed-in",
    "Answers a question",
    inputs.VerdictInput,
    ApprovalView,
  ),
  getLog: get("/log", "signed-in", "How far the log has come", inputs.Nothing, LogView),
}
