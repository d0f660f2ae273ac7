import {
  type CredentialFilter,
  type CredentialView,
  type FindingView,
  type ObservedServerFilter,
  type ObservedServerView,
  type Page,
  type ResourceView,
  type ScanView,
  wholeList,
} from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"

const PAGE = 200

/** How many findings about one thing are told beside it. */
const FINDINGS_BESIDE = 20

/** Answers the systems that agents reach, the most used first. */
export function useResources(): UseQueryResult<Page<ResourceView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.resources,
    queryFn: ({ signal }) => wholeList(client.listResources, {}, signal),
  })
}

/** Answers the MCP servers that agents were seen to use. */
export function useObservedServers(filter: ObservedServerFilter): PagedList<ObservedServerView> {
  return usePagedList(keys.observedServersOf(filter), (client, after, signal) =>
    client.listObservedServers({ ...filter, after, limit: PAGE }, signal),
  )
}

/** Answers one MCP server that agents were seen to use. */
export function useObservedServer(id: string): UseQueryResult<ObservedServerView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.observedServer(id),
    queryFn: ({ signal }) => client.getObservedServer({ id }, signal),
  })
}

/** Answers the credentials that agents were seen to hold. */
export function useCredentials(filter: CredentialFilter): PagedList<CredentialView> {
  return usePagedList(keys.credentialsOf(filter), (client, after, signal) =>
    client.listCredentials({ ...filter, after, limit: PAGE }, signal),
  )
}

/** Answers one credential that agents were seen to hold. */
export function useCredential(id: string): UseQueryResult<CredentialView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.credential(id),
    queryFn: ({ signal }) => client.getCredential({ id }, signal),
  })
}

/** Answers one scan. */
export function useScan(id: string): UseQueryResult<ScanView> {
  const client = useClient()
  return useQuery({ queryKey: keys.scan(id), queryFn: ({ signal }) => client.getScan({ id }, signal) })
}

/** Answers the open findings about one thing, the worst first. */
export function useFindingsAbout(subject: string): UseQueryResult<Page<FindingView>> {
  const client = useClient()
  const filter = { subject, state: "open", limit: FINDINGS_BESIDE } as const
  return useQuery({
    queryKey: keys.findingsOf(filter),
    queryFn: ({ signal }) => client.listFindings(filter, signal),
  })
}
