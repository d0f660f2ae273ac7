import { z } from "zod"
import { readers } from "./access-groups.ts"
import { FINDING_WISHES, type FindingWishes } from "./finding-inputs.ts"
import { CREDENTIAL_WISHES, type CredentialWishes } from "./inventory-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { CsvFile } from "./views/csv-file.ts"

/** The most agents that one file names. */
export const MOST_EXPORTED = 10_000

/** Which agents a file holds, in which order. */
export interface AgentsToExport {
  readonly agents: readonly string[]
}

/** In which form a file is answered: as JSON that holds it, or as the file itself. */
export interface FileForm {
  readonly form?: "file" | undefined
}

const form = z.literal("file").optional()

const AgentsToExport: z.ZodType<AgentsToExport> = z.strictObject({
  agents: z.array(z.string().max(80)).min(1).max(MOST_EXPORTED),
})
const FindingsToExport: z.ZodType<FindingWishes & FileForm> = z.strictObject({ ...FINDING_WISHES, form })
const CredentialsToExport: z.ZodType<CredentialWishes & FileForm> = z.strictObject({
  ...CREDENTIAL_WISHES,
  form,
})

/** Lists as files. Each holds what the list holds for whoever asks. */
export interface ExportOperations {
  readonly exportAgents: Operation<AgentsToExport, CsvFile>
  readonly exportFindings: Operation<FindingWishes & FileForm, CsvFile>
  readonly exportCredentials: Operation<CredentialWishes & FileForm, CsvFile>
}

export const EXPORT_OPERATIONS: ExportOperations = {
  exportAgents: post(
    "/exports/agents",
    "signed-in",
    "Rows of the inventory as CSV, of these agents and in their order",
    AgentsToExport,
    CsvFile,
  ),
  exportFindings: get(
    "/exports/findings",
    "signed-in",
    "The list of findings as CSV, at most 20,000 of them; with `form=file` as a file to save",
    FindingsToExport,
    CsvFile,
  ),
  exportCredentials: get(
    "/exports/credentials",
    readers,
    "The list of seen credentials as CSV, at most 20,000 of them; with `form=file` as a file to save",
    CredentialsToExport,
    CsvFile,
  ),
}
