import { type Id, newHandle, newId, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { endEverySession } from "./end-every-session.ts"
import { handleHash } from "./handle-hash.ts"
import type { Session, SessionMoment, SessionStore } from "./ports.ts"

export interface SessionDeps extends RecordContext {
  readonly transact: Transact<"oauthModels" | "outbox" | "sessions" | "users">
}

/** A session that has begun; the token is the cookie's value and kept nowhere. */
export interface StartedSession {
  readonly user: User
  readonly token: string
  readonly expiresAt: Date
}

/** How a session begins. */
export interface SessionStart {
  readonly user: User
  /** How the person came in, in words for the record. */
  readonly by: string
  /** What the browser calls itself. */
  readonly agent: string | null
  /** Where its token is held: in a browser's cookie where nothing is said. */
  readonly kind?: "command line"
}

/** How the token of a command line's session begins: what finds secrets in files can know it. */
export const COMMAND_LINE_PREFIX = "tbs_"

/** How long a session lasts, used or not. */
const SESSION_LIFE_MS = 12 * 60 * 60 * 1000

/** How long a session may lie unused. */
const IDLE_MS = 2 * 60 * 60 * 1000

/** How exactly it is kept when a session was last used: not each request is a write. */
const SEEN_EVERY_MS = 60 * 1000

/** The most sessions of one person; beginning another ends the oldest. */
const MOST_SESSIONS = 20

/** As many as a store answers at once, which is more than anybody has. */
export const MOST_LISTED = 1_000

/** The most that is kept of what a browser calls itself. */
const MAX_AGENT = 200

/** Begins a session within the transaction that found out who it is. */
export async function startSession(
  deps: RecordContext,
  tx: Pick<Transaction, "outbox" | "sessions">,
  { user, by, agent, kind }: SessionStart,
): Promise<StartedSession> {
  const token = (kind === "command line" ? COMMAND_LINE_PREFIX : "") + newHandle() + newHandle()
  const createdAt = deps.clock.now()
  const expiresAt = new Date(createdAt.getTime() + SESSION_LIFE_MS)
  const id = newId("session", deps.clock)
  const named = agent?.slice(0, MAX_AGENT) ?? null
  await tx.sessions.insert({
    id,
    tokenHash: handleHash(token),
    user: user.id,
    createdAt,
    expiresAt,
    lastSeen: createdAt,
    agent: named,
  })
  await tx.sessions.endAllOf(user.id, MOST_SESSIONS)
  const met = await tx.sessions.meetBrowser(user.id, browserOf(named), createdAt)
  await recordEvent(deps, tx.outbox, {
    type: "session.started",
    actor: { kind: "user", id: user.id },
    data: { session: id, by, ...(met === "new" && { newBrowser: true }) },
  })
  return { user, token, expiresAt }
}

/** The same browser after an update is no new one: its versions are left out. */
function browserOf(agent: string | null): string {
  return handleHash((agent ?? "").replaceAll(/\d+/g, ""))
}

/**
 * Answers who a session's cookie belongs to, or undefined where it is over; keeps that it was used, unless the request was
 * made while nobody was there.
 */
export async function sessionUser(
  { snapshot, transact, clock }: SessionReaders,
  token: string,
  unattended = false,
): Promise<{ user: User; session: Id<"session"> } | undefined> {
  const at = momentOf(clock.now())
  const found = await snapshot(async ({ sessions, users }) => {
    const session = await sessions.findLive(handleHash(token), at)
    const user = session && (await users.find(session.user))
    return session && user?.active ? { user, session } : undefined
  })
  if (!found) return undefined
  const { user, session } = found
  if (!unattended && at.now.getTime() - session.lastSeen.getTime() >= SEEN_EVERY_MS) {
    await transact(({ sessions }) => sessions.touch(session.id, at.now))
  }
  return { user, session: session.id }
}

/** Where sessions are looked up. */
export interface SessionReaders extends Pick<RecordContext, "clock"> {
  readonly snapshot: Transact<"sessions" | "users">
  readonly transact: Transact<"sessions">
}

/** Answers a page of a person's own sessions that are not over, the newest first. */
export async function listSessions(
  { snapshot, clock }: Pick<SessionReaders, "snapshot" | "clock">,
  user: Id<"user">,
  page: Parameters<SessionStore["listLive"]>[2],
): Promise<readonly Session[]> {
  return snapshot(({ sessions }) => sessions.listLive(user, momentOf(clock.now()), page))
}

/** Ends a session that is over or not. */
export async function signOut(deps: SessionDeps, session: Id<"session">, by: Id<"user">): Promise<void> {
  await deps.transact(async ({ sessions, outbox }) => {
    if (await sessions.end(session)) await recordEnded(deps, outbox, { by, sessions: [session] })
  })
}

/**
 * Ends one of a person's own sessions, on whatever machine it is.
 *
 * @throws {Problem} session_not_found, also where it is somebody else's
 */
export async function endSession(deps: SessionDeps, id: string, by: Id<"user">): Promise<void> {
  await deps.transact(async ({ sessions, outbox }) => {
    const own = await sessions.listLive(by, momentOf(deps.clock.now()), { limit: MOST_LISTED })
    const session = own.find((one) => one.id === id)
    if (!session || !(await sessions.end(session.id))) {
      throw new Problem("session_not_found", "there is no such session of yours (any more)")
    }
    await recordEnded(deps, outbox, { by, sessions: [session.id] })
  })
}

/** Ends every session of a person, this one too; answers how many. */
export async function endAllSessions(deps: SessionDeps, by: Id<"user">): Promise<number> {
  return deps.transact(async (tx) => {
    const ended = await endEverySession(tx, by)
    if (ended.length > 0) await recordEnded(deps, tx.outbox, { by, sessions: ended })
    return ended.length
  })
}

async function recordEnded(
  deps: RecordContext,
  outbox: Transaction["outbox"],
  { by, sessions }: { by: Id<"user">; sessions: readonly Id<"session">[] },
): Promise<void> {
  for (const session of sessions) {
    const actor = { kind: "user", id: by } as const
    await recordEvent(deps, outbox, { type: "session.ended", actor, data: { session } })
  }
}

/** Answers by what a session is judged to be live at a time. */
export function momentOf(now: Date): SessionMoment {
  return { now, usedAfter: new Date(now.getTime() - IDLE_MS) }
}
