import {
  type Page,
  type TeamChangeInput,
  type TeamDetail,
  type TeamInput,
  type TeamMemberInput,
  type TeamView,
  wholeList,
} from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useActOnPeople } from "./people-acts.ts"

/** Answers every team. */
export function useTeams(): UseQueryResult<Page<TeamView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => wholeList(client.listTeams, {}, signal),
  })
}

/** Answers one team with its people. */
export function useTeam(id: string): UseQueryResult<TeamDetail> {
  const client = useClient()
  return useQuery({ queryKey: keys.team(id), queryFn: ({ signal }) => client.getTeam({ id }, signal) })
}

/** Makes a team, or gives one other words. */
export function usePutTeam(): UseMutationResult<TeamDetail, Error, TeamInput | TeamChangeInput> {
  const client = useClient()
  return useActOnPeople((input) => ("id" in input ? client.changeTeam(input) : client.makeTeam(input)))
}

/** Removes a team. */
export function useRemoveTeam(): UseMutationResult<unknown, Error, string> {
  const client = useClient()
  return useActOnPeople((id) => client.removeTeam({ id }))
}

/** Takes a person into a team, or out of it. */
export function usePlaceInTeam(): UseMutationResult<unknown, Error, TeamMemberInput & { in: boolean }> {
  const client = useClient()
  return useActOnPeople(({ in: isIn, ...place }) =>
    isIn ? client.addTeamMember(place) : client.removeTeamMember(place),
  )
}
