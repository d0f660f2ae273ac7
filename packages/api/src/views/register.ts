import { z } from "zod"

/** What an import does, or would do, with one line of a register. */
export interface RegisterLineView {
  /** Counted from 1, the header being the first. */
  readonly line: number
  readonly name: string
  /** The agent it is about, where there is one already. */
  readonly agent: string | null
  readonly does: "enter" | "change" | "nothing" | "refused"
  /** What is changed, or what is wrong, in words. */
  readonly says: readonly string[]
}

/** What came of an import: all of it happened, or none. */
export interface RegisterReport {
  readonly applied: boolean
  readonly entered: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  /** Columns that nobody knows, which were passed over. */
  readonly ignoredColumns: readonly string[]
  readonly lines: readonly RegisterLineView[]
}

export const RegisterReport: z.ZodType<RegisterReport> = z.object({
  applied: z.boolean(),
  entered: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  ignoredColumns: z.array(z.string()),
  lines: z.array(
    z.object({
      line: z.number(),
      name: z.string(),
      agent: z.string().nullable(),
      does: z.enum(["enter", "change", "nothing", "refused"]),
      says: z.array(z.string()),
    }),
  ),
})

/** The register as a file of comma-separated values. */
export interface RegisterFile {
  readonly filename: string
  readonly csv: string
  readonly agents: number
}

export const RegisterFile: z.ZodType<RegisterFile> = z.object({
  filename: z.string(),
  csv: z.string(),
  agents: z.number(),
})
