import { ROLES, type Role } from "./user.ts"

/** What people can be told of. A kind, once released, keeps its meaning. */
export const NOTIFICATION_KINDS = [
  "approval-waiting",
  "approval-expiring",
  "ownership-offered",
  "ownership-answered",
  "agent-stopped",
  "agent-quarantined",
  "agent-observed",
  "finding-opened",
  "mandate-ending",
  "mandate-over",
  "renewal-waiting",
  "agent-idle",
  "review-overdue",
  "agents-found",
  "agent-shadow",
  "person-left",
  "person-invited",
  "role-changed",
  "signed-in",
  "api-token-expiring",
  "export-troubled",
  "signals-troubled",
  "log-split-view",
  "decision-disputed",
  "retention-changed",
] as const

/** One kind of what people can be told of. */
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** How a person wants to be told: by a mail of its own, in the day's mail, or not at all. */
export const HOW_TOLD = ["at-once", "digest", "nothing"] as const

/** One way of being told. */
export type HowTold = (typeof HOW_TOLD)[number]

/** Whom a kind can concern: anybody, those who look after all agents, or administrators alone. */
export type Audience = "anybody" | "stewards" | "administrators"

/** What holds for a kind until a person chooses otherwise, whom it concerns, and whether it is the organisation's to hear. */
export interface NotificationRules {
  readonly usually: HowTold
  readonly audience: Audience
  /** Whether a channel of the organisation may carry it; what is a person's own business stays theirs. */
  readonly shared: boolean
}

const shared = { audience: "anybody", shared: true } as const
const own = { audience: "anybody", shared: false } as const
const stewards = { audience: "stewards", shared: true } as const

/** The rules of each kind. */
export const NOTIFICATIONS: Readonly<Record<NotificationKind, NotificationRules>> = {
  "approval-waiting": { ...shared, usually: "at-once" },
  "approval-expiring": { ...shared, usually: "at-once" },
  "ownership-offered": { ...shared, usually: "at-once" },
  "ownership-answered": { ...shared, usually: "at-once" },
  "agent-stopped": { ...shared, usually: "at-once" },
  "agent-quarantined": { ...shared, usually: "at-once" },
  "agent-observed": { ...shared, usually: "at-once" },
  "finding-opened": { ...shared, usually: "digest" },
  "mandate-ending": { ...shared, usually: "digest" },
  "mandate-over": { ...shared, usually: "at-once" },
  "renewal-waiting": { ...stewards, usually: "at-once" },
  "agent-idle": { ...shared, usually: "digest" },
  "review-overdue": { ...shared, usually: "digest" },
  "agents-found": { ...stewards, usually: "digest" },
  "agent-shadow": { ...stewards, usually: "digest" },
  "person-left": { ...stewards, usually: "at-once" },
  "person-invited": { audience: "administrators", shared: true, usually: "digest" },
  "role-changed": { ...shared, usually: "at-once" },
  "signed-in": { ...own, usually: "at-once" },
  "export-troubled": { audience: "administrators", shared: true, usually: "at-once" },
  "signals-troubled": { audience: "administrators", shared: true, usually: "at-once" },
  "api-token-expiring": { audience: "stewards", shared: false, usually: "at-once" },
  "log-split-view": { ...stewards, usually: "at-once" },
  "decision-disputed": { ...stewards, usually: "at-once" },
  "retention-changed": { ...stewards, usually: "at-once" },
}

const WHO: Readonly<Record<Audience, readonly Role[]>> = {
  anybody: ROLES,
  stewards: ["administrator", "security"],
  administrators: ["administrator"],
}

/** Answers whether a kind can concern people of a role. */
export function isToldTo(kind: NotificationKind, role: Role): boolean {
  return WHO[NOTIFICATIONS[kind].audience].includes(role)
}

/** Where a delivery stands: waiting for its turn, taken by the channel, given up, or not to be said any more. */
export const DELIVERY_STATES = ["pending", "sent", "failed", "dropped"] as const

/** One state of a delivery. */
export type DeliveryState = (typeof DELIVERY_STATES)[number]
