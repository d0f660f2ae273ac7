import { z } from "zod"

/** A list as a file of comma-separated values. */
export interface CsvFile {
  readonly filename: string
  readonly csv: string
  /** How many lines it has, its header apart. */
  readonly lines: number
  /** Whether the list has no more than the file. */
  readonly complete: boolean
}
export const CsvFile: z.ZodType<CsvFile> = z.object({
  filename: z.string(),
  csv: z.string(),
  lines: z.number(),
  complete: z.boolean(),
})
