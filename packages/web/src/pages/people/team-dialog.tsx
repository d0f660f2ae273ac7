import type { TeamDetail } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutTeam } from "../../data/teams-query.ts"
import { askedOf, draftOf } from "./team-draft.ts"
import { TeamFields } from "./team-fields.tsx"

/** Asks what a team is called and who keeps it; makes it, or changes the one that is there. */
export function TeamDialog(props: {
  team?: TeamDetail
  onClose: () => void
  onMade?: (team: string) => void
}): ReactNode {
  const { team, onClose, onMade } = props
  const { mutate, isPending, error } = usePutTeam()
  const [draft, setDraft] = useState(draftOf(team))
  const act = team ? "Change the team" : "Make a team"
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const asked = askedOf(draft)
    mutate(team ? { ...asked, id: team.id } : asked, {
      onSuccess: ({ id }) => {
        onMade?.(id)
        onClose()
      },
    })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={act}
      description="Its people see and describe each agent that it helps with, for as long as they belong to it."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TeamFields draft={draft} onDraft={setDraft} />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            {act}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
