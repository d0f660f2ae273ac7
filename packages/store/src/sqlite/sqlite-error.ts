import { StoreProblem } from "../store-problem.ts"

/** What is told of an error of SQLite, in a form that crosses threads: no value of a row stands in its message. */
export interface SqliteErrorFacts {
  readonly message: string
  /** SQLite's result code, its lowest byte (sqlite.org/rescode.html), or undefined for any other error. */
  readonly code: number | undefined
}

/** SQLite's result codes that tell whoever runs the store something they can act on. */
const CODE = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notADatabase: 26,
}

const FULL_OR_BROKEN: readonly (number | undefined)[] = [CODE.ioError, CODE.full]
const UNWRITABLE: readonly (number | undefined)[] = [CODE.readOnly, CODE.cannotOpen]
const DAMAGED: readonly (number | undefined)[] = [CODE.corrupt, CODE.notADatabase]

/** Reads what is to be told of an error of node:sqlite. */
export function sqliteErrorFacts(error: unknown): SqliteErrorFacts {
  const message = error instanceof Error ? error.message : "unknown error"
  const errcode = error instanceof Error && "errcode" in error ? error.errcode : undefined
  return { message, code: typeof errcode === "number" ? errcode & 0xff : undefined }
}

/** Says an error of SQLite in words that tell what to do next. */
export function sqliteProblem(path: string, { message, code }: SqliteErrorFacts): StoreProblem {
  if (code === CODE.constraint) return new StoreProblem("refused", message)
  if (DAMAGED.includes(code)) return damaged(path, message)
  if (UNWRITABLE.includes(code)) return unwritable(path, message)
  if (FULL_OR_BROKEN.includes(code)) {
    return new StoreProblem(
      "lost",
      `${path} could not be written: ${message}. Check the disk's space and health.`,
    )
  }
  return new StoreProblem("lost", `SQLite could not run a statement: ${message}`)
}

/** The database cannot be trusted any more. */
export function damaged(path: string, what: string): StoreProblem {
  return new StoreProblem(
    "damaged",
    `The database ${path} is damaged (${what}). Nothing was changed: keep a copy of it, then put a backup in its place or move it away to begin anew.`,
  )
}

/** The place of the database takes no files of ours. */
export function unwritable(path: string, what: string): StoreProblem {
  return new StoreProblem(
    "unwritable",
    `The database ${path} cannot be opened for writing (${what}). Give this user the right to write in its directory, or name another with --data.`,
  )
}

/** The file is a good database, and none of ours. */
export function notOurs(path: string): StoreProblem {
  return new StoreProblem(
    "not_a_store",
    `The database ${path} belongs to another program and was left as it is. Name another directory with --data.`,
  )
}

/** Somebody else works on this file. */
export function inUse(path: string): StoreProblem {
  return new StoreProblem(
    "in_use",
    `The database ${path} is in use by another process. Stop that one first, or name another directory with --data.`,
  )
}

/** Whether an error says that somebody else holds the lock. */
export function isBusy({ code }: SqliteErrorFacts): boolean {
  return code === CODE.busy
}

/** Whether an error says that the connection may not write. */
export function isReadOnly({ code }: SqliteErrorFacts): boolean {
  return code === CODE.readOnly
}
