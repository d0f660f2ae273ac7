import { findingStateAt, isId, type NotificationKind, type User } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { Notification } from "./notification-store.ts"

/** What is asked whether something is still so: as the person it is for sees it. */
export type SeenStores = Pick<
  Transaction,
  "agents" | "apiTokens" | "approvals" | "findings" | "offers" | "renewals" | "users"
>

/** At which time, and for whom; undefined is the organisation. */
export interface Looker {
  readonly now: Date
  readonly user: User | undefined
}

type Check = (tx: SeenStores, one: Notification, looker: Looker) => Promise<boolean>

/** Whether what a notification says is still so, and its reader's to see. A new kind does not compile until it has one. */
const STILL: Readonly<Record<NotificationKind, Check>> = {
  "approval-waiting": waits,
  "approval-expiring": waits,
  "ownership-offered": isOffered,
  "ownership-answered": always,
  "agent-stopped": seesAgent,
  "agent-quarantined": isQuarantined,
  "agent-observed": seesAgent,
  "finding-opened": isOpen,
  "mandate-ending": isEnding,
  "mandate-over": isOver,
  "renewal-waiting": waitsRenewed,
  "agent-idle": isIdle,
  "review-overdue": isOpen,
  "agents-found": always,
  "agent-shadow": isOpen,
  "person-left": always,
  "person-invited": always,
  "role-changed": always,
  "signed-in": always,
  "api-token-expiring": tokenLives,
  "export-troubled": always,
  "signals-troubled": always,
  "log-split-view": always,
  "decision-disputed": always,
  "retention-changed": always,
}

/**
 * Answers whether a notification is still true and its reader may see what it is about, from stores that are narrowed to
 * what they see: asked when it is told, and again when it is sent.
 */
export function isStillSo(tx: SeenStores, one: Notification, looker: Looker): Promise<boolean> {
  return STILL[one.kind](tx, one, looker)
}

async function always(): Promise<boolean> {
  return true
}

async function waits(
  { approvals }: SeenStores,
  { subject }: Notification,
  { now, user }: Looker,
): Promise<boolean> {
  const approval = isId("approval", subject) ? await approvals.find(subject) : undefined
  if (approval?.state.kind !== "pending" || approval.expiresAt <= now) return false
  return !user || approval.approvers.includes(user.id)
}

async function isOffered(
  { offers }: SeenStores,
  { subject, to }: Notification,
  { now }: Looker,
): Promise<boolean> {
  const offer = isId("offer", subject) ? await offers.find(subject) : undefined
  if (offer?.state.kind !== "pending" || offer.expiresAt <= now) return false
  return to === null || offer.to === to
}

async function seesAgent({ agents }: SeenStores, { agent }: Notification): Promise<boolean> {
  return agent !== null && (await agents.find(agent)) !== undefined
}

async function isQuarantined({ agents }: SeenStores, { agent: id }: Notification): Promise<boolean> {
  return id !== null && (await agents.find(id))?.state === "quarantined"
}

async function isOpen(tx: SeenStores, one: Notification, { now }: Looker): Promise<boolean> {
  const finding = isId("finding", one.subject) ? await tx.findings.find(one.subject) : undefined
  return finding !== undefined && findingStateAt(finding, now) === "open" && seesAgent(tx, one)
}

async function isEnding({ agents }: SeenStores, { agent: id, details }: Notification): Promise<boolean> {
  const agent = id === null ? undefined : await agents.find(id)
  return agent?.state === "active" && agent.mandate?.expiresAt.toISOString() === details["due"]
}

async function isOver(
  { agents }: SeenStores,
  { agent: id }: Notification,
  { now }: Looker,
): Promise<boolean> {
  const agent = id === null ? undefined : await agents.find(id)
  return agent?.state === "suspended" && agent.mandate !== null && agent.mandate.expiresAt <= now
}

async function isIdle({ agents }: SeenStores, { agent: id, details }: Notification): Promise<boolean> {
  const agent = id === null ? undefined : await agents.find(id)
  return agent?.state === (details["how"] === "suspended" ? "suspended" : "active")
}

async function waitsRenewed(tx: SeenStores, { agent: id }: Notification): Promise<boolean> {
  return id !== null && (await tx.renewals.of([id])).length > 0
}

async function tokenLives(
  { apiTokens }: SeenStores,
  { subject, to }: Notification,
  { now }: Looker,
): Promise<boolean> {
  const token = isId("apiToken", subject) ? await apiTokens.find(subject) : undefined
  return token !== undefined && token.madeBy === to && token.revoked === null && token.expiresAt > now
}
