import type { AgentDetail } from "@tabard/api"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"

/** Whether the person may end what an agent holds: its owner, security and administrators may. */
export function useAnswersFor({ owner }: Pick<AgentDetail, "owner">): boolean {
  const { user } = useSignedIn()
  return useIsSteward() || user.id === owner?.id
}
