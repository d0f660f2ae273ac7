import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { MAX_REGISTER_BYTES } from "./register-operations.ts"
import { PeopleFile, PeopleReport } from "./views/people-file.ts"

/** People as comma-separated values; it changes something only where `apply` says so. */
export interface PeopleImport {
  readonly csv: string
  readonly apply?: boolean | undefined
  /** Lets people of the file who were switched off in again. */
  readonly reactivate?: boolean | undefined
  /** Switches off the active people whom the file does not name, where they are exactly so many. */
  readonly deactivateMissing?: number | undefined
}
const PeopleImport: z.ZodType<PeopleImport> = z.strictObject({
  csv: z.string().min(1).max(MAX_REGISTER_BYTES),
  apply: z.boolean().optional(),
  reactivate: z.boolean().optional(),
  deactivateMissing: z.number().int().min(0).max(1_000_000).optional(),
})

/** In which form people are answered: as JSON that holds the file, or as the file itself. */
export interface PeopleForm {
  readonly form?: "file" | undefined
}
const PeopleForm: z.ZodType<PeopleForm> = z.strictObject({ form: z.literal("file").optional() })

/** The people of the directory, as a file. */
export interface PeopleFileOperations {
  readonly importPeople: Operation<PeopleImport, PeopleReport>
  readonly exportPeople: Operation<PeopleForm, PeopleFile>
}

export const PEOPLE_FILE_OPERATIONS: PeopleFileOperations = {
  importPeople: {
    ...post(
      "/people/import",
      administrators,
      "Tells what people in CSV would change; changes it, all or nothing, where `apply` says so",
      PeopleImport,
      PeopleReport,
    ),
    // The same file as JSON text, in which every byte may be escaped.
    maxBody: 2 * MAX_REGISTER_BYTES + 1024,
  },
  exportPeople: get(
    "/people/export",
    readers,
    "The people of the directory as CSV; with `form=file` as a file to save",
    PeopleForm,
    PeopleFile,
  ),
}
