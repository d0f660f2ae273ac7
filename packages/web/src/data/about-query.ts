import type { AboutView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers what runs here. */
export function useAbout(): UseQueryResult<AboutView> {
  const client = useClient()
  return useQuery({ queryKey: keys.about, queryFn: ({ signal }) => client.getAbout({}, signal) })
}
