import type { AgentDetail } from "@tabard/api"
import { useIsSteward, useSignedIn } from "./signed-in-context.ts"

/** Whether the person may say who answers for an agent: stewards may, and its owner. */
export function useMayAnswerFor({ owner }: Pick<AgentDetail, "owner">): boolean {
  const { id } = useSignedIn().user
  const isSteward = useIsSteward()
  return isSteward || owner?.id === id
}

/** Whether the person may say what describes an agent: its maintainers may, too. */
export function useMayDescribe(agent: Pick<AgentDetail, "owner" | "maintainers">): boolean {
  const { id } = useSignedIn().user
  const answers = useMayAnswerFor(agent)
  return answers || agent.maintainers.some((person) => person.id === id)
}
