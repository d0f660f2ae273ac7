import type { ProvisioningView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers where a directory provisions people, and how many it keeps. */
export function useProvisioning(): UseQueryResult<ProvisioningView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.provisioning,
    queryFn: ({ signal }) => client.getProvisioning({}, signal),
  })
}
