import type { CarryResult } from "@tabard/control"

/** Answers what follows from a fault of the disk, in words of ours; without a path, which is the operator's own. */
export function diskResult(error: unknown): CarryResult {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const known = FAULTS[code]
  return known ?? { kind: "later", reason: "the file could not be written", afterMs: null }
}

const FAULTS: Readonly<Record<string, CarryResult>> = {
  ENOSPC: { kind: "later", reason: "the disk is full", afterMs: null },
  EDQUOT: { kind: "later", reason: "the disk's quota is used up", afterMs: null },
  EACCES: { kind: "held", reason: "the folder may not be written to: give it to the user who runs Tabard" },
  EPERM: { kind: "held", reason: "the folder may not be written to: give it to the user who runs Tabard" },
  EROFS: { kind: "held", reason: "the folder is on a disk that is mounted for reading alone" },
  ELOOP: { kind: "held", reason: "the file is a link: take it away" },
  EISDIR: { kind: "held", reason: "a folder lies where the file should be: take it away" },
  EEXIST: { kind: "held", reason: "a file lies where the folder should be: take it away" },
  ENOTDIR: { kind: "held", reason: "a file lies where the folder should be: take it away" },
}
