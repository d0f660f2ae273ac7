import { z } from "zod"
import { PersonView } from "./person.ts"

/** What an import does, or would do, with one line of a file of people. */
export interface PeopleLineView {
  /** Counted from 1, the header being the first. */
  readonly line: number
  readonly email: string
  /** The person it is about, where they are here already. */
  readonly person: string | null
  readonly does: "enter" | "change" | "nothing" | "refused"
  /** What is changed, or what is wrong, in words. */
  readonly says: readonly string[]
}

/** What came of an import of people: all of it happened, or none. */
export interface PeopleReport {
  readonly applied: boolean
  readonly entered: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** How many were switched off because the file does not name them. */
  readonly deactivated: number
  /** How many active people the file does not name, besides whoever imports it. */
  readonly missing: number
  /** At most 200 of them. */
  readonly missingPeople: readonly PersonView[]
  /** Columns that nobody knows, which were passed over. */
  readonly ignoredColumns: readonly string[]
  readonly lines: readonly PeopleLineView[]
}

export const PeopleReport: z.ZodType<PeopleReport> = z.object({
  applied: z.boolean(),
  entered: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  deactivated: z.number(),
  missing: z.number(),
  missingPeople: z.array(PersonView),
  ignoredColumns: z.array(z.string()),
  lines: z.array(
    z.object({
      line: z.number(),
      email: z.string(),
      person: z.string().nullable(),
      does: z.enum(["enter", "change", "nothing", "refused"]),
      says: z.array(z.string()),
    }),
  ),
})

/** The people of the directory as a file of comma-separated values. */
export interface PeopleFile {
  readonly filename: string
  readonly csv: string
  readonly people: number
}
export const PeopleFile: z.ZodType<PeopleFile> = z.object({
  filename: z.string(),
  csv: z.string(),
  people: z.number(),
})
