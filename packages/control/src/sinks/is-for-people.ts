/** For how long something may fail by itself until people are told. */
const TOLD_AFTER_MS = 60 * 60_000

/** Answers whether a trouble is one for people: somebody has to put something right, or it has gone on for an hour. */
export function isForPeople(kind: "held" | "later", since: Date, now: Date): boolean {
  return kind === "held" || now.getTime() - since.getTime() >= TOLD_AFTER_MS
}
