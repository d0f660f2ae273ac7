import { z } from "zod"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { RegisterFile, RegisterReport } from "./views/register.ts"

/** The largest register that is read, in bytes. */
export const MAX_REGISTER_BYTES: number = 5 * 1024 * 1024

/** A register as comma-separated values; it changes something only where `apply` says so. */
export interface RegisterImport {
  readonly csv: string
  readonly apply?: boolean | undefined
}
const RegisterImport: z.ZodType<RegisterImport> = z.strictObject({
  csv: z.string().min(1).max(MAX_REGISTER_BYTES),
  apply: z.boolean().optional(),
})

/** In which form the register is answered: as JSON that holds the file, or as the file itself. */
export interface RegisterForm {
  readonly form?: "file" | undefined
}
const RegisterForm: z.ZodType<RegisterForm> = z.strictObject({ form: z.literal("file").optional() })

/** The register that people keep of their agents, as a file. */
export interface RegisterOperations {
  readonly importRegister: Operation<RegisterImport, RegisterReport>
  readonly exportRegister: Operation<RegisterForm, RegisterFile>
}

/** The same file as JSON text, in which every byte may be escaped. */
const REGISTER_BODY = 2 * MAX_REGISTER_BYTES + 1024

export const REGISTER_OPERATIONS: RegisterOperations = {
  importRegister: {
    ...post(
      "/register",
      ["administrator", "security"],
      "Tells what a register in CSV would change; changes it, all or nothing, where `apply` says so",
      RegisterImport,
      RegisterReport,
    ),
    maxBody: REGISTER_BODY,
  },
  exportRegister: get(
    "/register",
    "signed-in",
    "The register of agents as CSV; with `form=file` as a file to save",
    RegisterForm,
    RegisterFile,
  ),
}
