import type {
  ClientGrantView,
  ClientRegistrationInput,
  ClientRuleInput,
  ClientRuleView,
  ClientView,
  Page,
} from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers the clients that were registered. */
export function useClients(): UseQueryResult<Page<ClientView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.clients,
    queryFn: ({ signal }) => client.listClients({ limit: 100 }, signal),
  })
}

/** Answers the rules by which clients are adopted. */
export function useClientRules(): UseQueryResult<Page<ClientRuleView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.clientRules,
    queryFn: ({ signal }) => client.listClientRules({ limit: 100 }, signal),
  })
}

/** Answers what people let clients do: one's own, and everybody's to those who see the whole organisation. */
export function useClientGrants(): UseQueryResult<Page<ClientGrantView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.clientGrants,
    queryFn: ({ signal }) => client.listClientGrants({ limit: 100 }, signal),
  })
}

/** Registers a client. */
export function useRegisterClient(): UseMutationResult<ClientView, Error, ClientRegistrationInput> {
  return useAct([keys.clients], (client, wish: ClientRegistrationInput) => client.registerClient(wish))
}

/** Removes a client, and ends what everybody let it do. */
export function useRemoveClient(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.clients, keys.clientGrants], (client, id: string) => client.removeClient({ id }))
}

/** Lets a client be adopted for whoever signs it in. */
export function useAddClientRule(): UseMutationResult<ClientRuleView, Error, ClientRuleInput> {
  return useAct([keys.clientRules], (client, rule: ClientRuleInput) => client.addClientRule(rule))
}

/** Ends a rule. */
export function useRemoveClientRule(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.clientRules], (client, id: string) => client.removeClientRule({ id }))
}

/** Signs a client out. */
export function useEndClientGrant(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.clientGrants], (client, id: string) => client.endClientGrant({ id }))
}
