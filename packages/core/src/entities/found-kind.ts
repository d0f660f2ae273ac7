/** What a search finds, in the order in which it is told. */
export const FOUND_KINDS = [
  "agent",
  "person",
  "team",
  "upstream",
  "tool",
  "server",
  "system",
  "reporter",
  "rule",
  "decision",
  "finding",
  "approval",
  "task",
  "credential",
  "event",
] as const

/** One kind of thing that a search finds. */
export type FoundKind = (typeof FOUND_KINDS)[number]
