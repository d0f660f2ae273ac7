import { REGISTRATION_SCOPE, SCIM_SCOPE } from "@tabard/core"
import type { Operations } from "./operations.ts"

/**
 * What an API token may be made for, and which operations each group holds. An operation that stands in no group can be
 * asked by no token: so is every new one until it is named here, and so stay those by which a person gives their word or
 * an agent gets more to do (adopting, accepting, answering, enrolling, resuming, opening tasks, registering servers, reviewing what tools do). So do
 * acts on many agents, since one of them resumes, and their rows as a file, which the register holds for machines. Applying
 * a plan of manifests is a group by itself, and one of what rules everybody another: a pipeline does what people reviewed, and no agent has a hand in it.
 */
export const SCOPE_GROUPS: Readonly<Record<ScopeGroup, readonly Scoped[]>> = {
  "access:ask": ["askDecisionPoint"],
  "applications:read": [
    "listApplications",
    "getApplication",
    "listApplicationEntities",
    "listApplicationVersions",
    "listEnforcementPoints",
  ],
  "applications:write": ["putApplication", "removeApplication"],
  "agents:read": [
    "listAgents",
    "getAgent",
    "getRetirement",
    "getOverview",
    "getRiskPicture",
    "getRiskLines",
    "exportRegister",
    "listPeople",
    "introspectToken",
    "listClients",
    "listClientRules",
    "listClientGrants",
    "getAgentGovernment",
    "getAgentLimits",
    "getAgentObserving",
    "previewEnforcing",
    "suggestManifest",
    "listReaches",
    "listDelegations",
    "listAgentDelegations",
    "listTiers",
    "listOwnPolicies",
    "getOwnPolicies",
    "listPolicyVersions",
    "comparePolicies",
    "listPolicyCoverage",
    "getPolicyGaps",
    "listDecisions",
    "getDecision",
    "askWhatIf",
    "testPolicies",
    "checkManifest",
    "planManifests",
    "planPolicies",
  ],
  "agents:write": [
    "enterAgent",
    "describeAgent",
    "dismissAgent",
    "reopenAgent",
    "suspendAgent",
    "enforceAgent",
    "quarantineAgent",
    "retireAgent",
    "revokeInstance",
    "revokeToken",
    "closeTask",
    "withdrawDelegation",
    "removeClient",
    "removeClientRule",
    "endClientGrant",
    "offerOwnership",
    "withdrawOffer",
    "addMaintainer",
    "removeMaintainer",
    "addMaintainingTeam",
    "removeMaintainingTeam",
    "mergeAgents",
    "splitAgent",
    "importRegister",
  ],
  "findings:read": ["listFindings", "getFinding", "listRules", "exportFindings"],
  "findings:write": ["acceptFinding", "reopenFinding"],
  "inventory:read": [
    "getObservedServer",
    "getCredential",
    "getScan",
    "listObservedServers",
    "listCredentials",
    "exportCredentials",
    "listResources",
    "listTools",
    "listServers",
    "getTool",
    "listScans",
    "listReporters",
  ],
  "manifests:apply": ["applyManifests"],
  "policies:apply": ["applyPolicies"],
  "people:read": [
    "listPeople",
    "getPerson",
    "getDeparture",
    "listTeams",
    "getTeam",
    "exportPeople",
    "getProvisioning",
  ],
  "people:write": ["importPeople"],
  "record:read": [
    "getAbout",
    "getHealth",
    "listEvents",
    "getEvent",
    "getEventProof",
    "exportEvents",
    "getLog",
    "getRetention",
    "listSinks",
    "getSink",
    "listDeadLetters",
    "listSignalStreams",
    "getSignalStream",
    "listSignalSources",
    "getSignalSource",
    "getLogPolicy",
    "listLogs",
    "listApprovals",
    "getApproval",
    "readLog",
  ],
  "keys:write": ["rewrapKeys"],
  "scans:write": ["startScan"],
  "search:read": ["searchEverything"],
  "trust:read": ["listTrustRules", "getTrustRule"],
  "trust:write": ["previewTrustRule", "testTrustRule", "makeTrustRule", "removeTrustRule"],
  "ssf.manage": ["manageStreams", "readStreams"],
  "ssf.read": ["readStreams"],
}

/** What a token may be made for: an operation of the API, or what stands at an address of its own (the files of the log, the issuer's introspection, streams of signals). */
type Scoped =
  | keyof Operations
  | "askDecisionPoint"
  | "introspectToken"
  | "manageStreams"
  | "readLog"
  | "readStreams"

/** A group of operations. */
export type ScopeGroup =
  | "access:ask"
  | "agents:read"
  | "agents:write"
  | "applications:read"
  | "applications:write"
  | "findings:read"
  | "findings:write"
  | "inventory:read"
  | "manifests:apply"
  | "policies:apply"
  | "people:read"
  | "people:write"
  | "record:read"
  | "keys:write"
  | "scans:write"
  | "search:read"
  | "trust:read"
  | "trust:write"
  | "ssf.manage"
  | "ssf.read"

/** The scope that holds every group that reads. */
export const READ_SCOPE = "read"

/** Every scope that a token may be made with: `read`, the groups, their operations one by one, and those of SCIM and of registration, each by itself. */
export const SCOPES: readonly string[] = [
  READ_SCOPE,
  ...Object.keys(SCOPE_GROUPS),
  ...new Set(Object.values(SCOPE_GROUPS).flat()),
  SCIM_SCOPE,
  REGISTRATION_SCOPE,
]

/** Answers which scopes let an operation be asked; none where no token may ask for it. */
export function scopesOf(operation: string): readonly string[] {
  const groups = Object.entries(SCOPE_GROUPS).flatMap(([group, operations]) =>
    operations.some((one) => one === operation) ? [group] : [],
  )
  if (groups.length === 0) return []
  const read = groups.some((group) => group.endsWith(":read")) ? [READ_SCOPE] : []
  return [...read, ...groups, operation]
}

/** Answers whether a token with these scopes may ask for an operation. */
export function isWithinScopes(operation: string, scopes: readonly string[]): boolean {
  return scopesOf(operation).some((scope) => scopes.includes(scope))
}
