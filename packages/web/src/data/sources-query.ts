import {
  type EnrolmentOffer,
  type Page,
  type ReporterView,
  type ScanView,
  type WithReason,
  wholeList,
} from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"

/** How many scans a page holds. */
const SCANS = 200

/** Answers the machines that push what they scan. */
export function useReporters(): UseQueryResult<Page<ReporterView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.reporters,
    queryFn: ({ signal }) => wholeList(client.listReporters, {}, signal),
  })
}

/** Answers what was scanned, the newest first. */
export function useScans(): PagedList<ScanView> {
  return usePagedList(keys.scans, (client, after, signal) =>
    client.listScans({ after, limit: SCANS }, signal),
  )
}

/** Answers the last scan that this server made itself; null where there was none, undefined until that is known. */
export function useOwnScan(): ScanView | null | undefined {
  const client = useClient()
  const { data } = useQuery({
    queryKey: keys.ownScan,
    queryFn: ({ signal }) => client.listScans({ own: true, limit: 1 }, signal),
  })
  return data && (data.items[0] ?? null)
}

/** Makes the one-time code by which a machine enrols as a reporter. */
export function useOfferReporter(): UseMutationResult<EnrolmentOffer, Error, string> {
  const client = useClient()
  return useMutation({ mutationFn: (name: string) => client.offerReporterEnrolment({ name }) })
}

/** Refuses a reporter from now on. */
export function useRevokeReporter(): UseMutationResult<unknown, Error, WithReason> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: WithReason) => client.revokeReporter(input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.reporters }),
  })
}
