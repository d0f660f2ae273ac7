import type { ToolCorrectionInput, ToolDetail } from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers one version of a tool behind the gateway, with its history. */
export function useTool(id: string): UseQueryResult<ToolDetail> {
  const client = useClient()
  return useQuery({ queryKey: keys.tool(id), queryFn: ({ signal }) => client.getTool({ id }, signal) })
}

/** Corrects what a tool does; it is in force at once. */
export function useCorrectTool(): UseMutationResult<ToolDetail, Error, ToolCorrectionInput> {
  return useAct([keys.servers, keys.coverage, keys.anyAgent], (client, input: ToolCorrectionInput) =>
    client.correctTool(input),
  )
}
