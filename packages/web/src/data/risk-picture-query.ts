import type { RiskPictureView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers where the riskiest agents stand between access and autonomy. */
export function useRiskPicture(): UseQueryResult<RiskPictureView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.riskPicture,
    queryFn: ({ signal }) => client.getRiskPicture({}, signal),
  })
}
