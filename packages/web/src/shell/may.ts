import type { AgentDetail } from "@tabard/api"
import { useTeams } from "../data/teams-query.ts"
import { useIsSteward, useSignedIn } from "./signed-in-context.ts"

/** Whether the person may say who answers for an agent: stewards may, and its owner. */
export function useMayAnswerFor({ owner }: Pick<AgentDetail, "owner">): boolean {
  const { id } = useSignedIn().user
  const isSteward = useIsSteward()
  return isSteward || owner?.id === id
}

/** Whether the person may let keys in for an agent: its owner and administrators may, and nobody else. */
export function useMayEnrol({ owner }: Pick<AgentDetail, "owner">): boolean {
  const { id, role } = useSignedIn().user
  return role === "administrator" || owner?.id === id
}

/** Whether the person may say what describes an agent: its maintainers may, too, and who belongs to a team that helps. */
export function useMayDescribe(
  agent: Pick<AgentDetail, "owner" | "maintainers" | "maintainingTeams">,
): boolean {
  const { id } = useSignedIn().user
  const answers = useMayAnswerFor(agent)
  const own = (useTeams().data?.items ?? []).filter(({ yours }) => yours).map((team) => team.id)
  const helps = agent.maintainers.some((person) => person.id === id)
  return answers || helps || agent.maintainingTeams.some((team) => own.includes(team.id))
}
