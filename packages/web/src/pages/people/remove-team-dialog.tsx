import type { TeamDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useRemoveTeam } from "../../data/teams-query.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** Says what the removal of a team takes from whom, and does it. */
export function RemoveTeamDialog(props: {
  team: TeamDetail
  onClose: () => void
  onGone: () => void
}): ReactNode {
  const { team, onClose, onGone } = props
  const { mutate, isPending, error } = useRemoveTeam()
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${plainText(team.name)}?`}
      description={`${count(team.members, "person", "people")} will no longer help with ${count(team.agents, "agent")} by this team. The people themselves stay.`}
    >
      <div className="px-5 pb-3">
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button look="stop" busy={isPending} onClick={() => mutate(team.id, { onSuccess: onGone })}>
          Remove the team
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
