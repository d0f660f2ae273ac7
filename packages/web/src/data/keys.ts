import type { ApprovalFilter, FindingFilter } from "@tabard/api"

/** What each answer of the server is remembered under. */
export const keys = {
  session: ["session"],
  /** Whether changes are heard; no answer of the server's. */
  liveness: ["liveness"],
  signInWays: ["sign-in-ways"],
  ownSessions: ["own-sessions"],
  apiTokens: ["api-tokens"],
  overview: ["overview"],
  riskPicture: ["risk-picture"],
  agents: ["agents"],
  anyAgent: ["agent"],
  agent: (id: string) => ["agent", id],
  servers: ["servers"],
  findings: ["findings"],
  findingsOf: (filter: FindingFilter) => ["findings", filter],
  finding: (id: string) => ["findings", "one", id],
  rules: ["rules"],
  resources: ["resources"],
  observedServers: ["observed-servers"],
  credentials: ["credentials"],
  settings: ["settings"],
  people: ["people"],
  offers: ["offers"],
  reporters: ["reporters"],
  scans: ["scans"],
  approvals: ["approvals"],
  approvalsIn: (state: ApprovalFilter["state"]) => ["approvals", state ?? "all"],
  events: ["events"],
  eventsOf: (filter: { agent?: string | undefined; type?: string | undefined }) => [
    "events",
    filter.agent ?? "",
    filter.type ?? "",
  ],
  log: ["log"],
} as const
