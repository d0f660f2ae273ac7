import {
  type DirectoryPersonView,
  type OfferView,
  type Page,
  type PersonDetail,
  wholeList,
} from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers everybody in the directory. */
export function usePeople(): UseQueryResult<Page<DirectoryPersonView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.people,
    queryFn: ({ signal }) => wholeList(client.listPeople, {}, signal),
  })
}

/** Answers one person of the directory. */
export function usePerson(id: string): UseQueryResult<PersonDetail> {
  const client = useClient()
  return useQuery({ queryKey: keys.person(id), queryFn: ({ signal }) => client.getPerson({ id }, signal) })
}

/** Answers the agents that whoever is signed in is asked to answer for. */
export function useOffers(): UseQueryResult<Page<OfferView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.offers,
    queryFn: ({ signal }) => wholeList(client.listOffers, {}, signal),
  })
}
