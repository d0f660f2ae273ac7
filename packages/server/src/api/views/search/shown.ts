import type { SearchHitView } from "@tabard/api"
import type { Transaction } from "@tabard/control"

/** The stores that what was found is shown from. */
export type HitReads = Pick<
  Transaction,
  | "agents"
  | "apiTokens"
  | "approvals"
  | "decisions"
  | "facts"
  | "findings"
  | "observations"
  | "outbox"
  | "reporters"
  | "servers"
  | "tasks"
  | "teams"
  | "users"
>

/** What is shown of one thing that was found. */
export type Shown = Pick<SearchHitView, "id" | "title" | "leadsTo"> &
  Partial<Pick<SearchHitView, "context" | "at">>

/** Answers what there is of several things that tell one from another, in one line. */
export function oneLine(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== "").join(" · ")
}
