import type { TierView } from "@tabard/api"
import { SHIPPED_TIERS } from "@tabard/core"
import { useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

const SHIPPED: readonly TierView[] = [...SHIPPED_TIERS.values()].map((tier) => ({ ...tier, ships: true }))

/** Answers the ceilings that an agent may be adopted for; those that ship until the organisation's own were read. */
export function useTiers(): readonly TierView[] {
  const client = useClient()
  const { data } = useQuery({ queryKey: keys.tiers, queryFn: ({ signal }) => client.listTiers({}, signal) })
  return data?.tiers ?? SHIPPED
}

/** Answers the names of those ceilings, those that ship first. */
export function useTierNames(): readonly string[] {
  return useTiers().map(({ name }) => name)
}
