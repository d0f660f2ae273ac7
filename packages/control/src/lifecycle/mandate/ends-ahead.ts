import type { Agent, Settings } from "@tabard/core"
import type { Warning } from "./renewal-store.ts"

/** A day, in milliseconds. */
export const DAY_MS: number = 24 * 60 * 60 * 1000

/** An end of an agent's standing that comes by time alone. */
export interface EndAhead extends Pick<Warning, "agent" | "cause" | "due"> {
  /** Since when it has been known that it comes: nobody is warned of what they have just agreed to. */
  readonly since: Date
}

/** Answers the ends ahead of an agent that did something last at `lastActive`: its mandate's, and that of lying idle. Pure. */
export function endsAhead(
  { id: agent, mandate }: Agent,
  { idleDays }: Pick<Settings, "idleDays">,
  lastActive: Date,
): readonly EndAhead[] {
  const idle: EndAhead = {
    agent,
    cause: "inactivity",
    due: new Date(lastActive.getTime() + idleDays * DAY_MS),
    since: lastActive,
  }
  if (!mandate) return [idle]
  return [{ agent, cause: "expiry", due: mandate.expiresAt, since: mandate.acceptedAt }, idle]
}

/**
 * Answers how many days before its end the warning is that should have been given by now; undefined where none should.
 * Of several whose time has come it is the last: whoever was not warned for a while is told how it stands now. Pure.
 */
export function warningDue(end: EndAhead, warnDays: readonly number[], now: Date): number | undefined {
  const given = warnDays.filter((days) => {
    const at = end.due.getTime() - days * DAY_MS
    return at <= now.getTime() && at > end.since.getTime()
  })
  return given.length === 0 ? undefined : Math.min(...given)
}
