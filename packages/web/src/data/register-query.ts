import type { RegisterFile, RegisterImport, RegisterReport } from "@tabard/api"
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"

/** Tells what a register would change, or changes it; after a change everything is read again. */
export function useImportRegister(): UseMutationResult<RegisterReport, Error, RegisterImport> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: RegisterImport) => client.importRegister(input),
    onSuccess: ({ applied }) => (applied ? cache.invalidateQueries() : undefined),
  })
}

/** Makes the register as a file. */
export function useExportRegister(): UseMutationResult<RegisterFile, Error, undefined> {
  const client = useClient()
  return useMutation({ mutationFn: () => client.exportRegister({}) })
}
