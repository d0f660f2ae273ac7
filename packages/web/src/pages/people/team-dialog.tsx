import type { TeamDetail } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, TextField } from "../../components/field.tsx"
import { PersonSelect } from "../../components/person-select.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutTeam } from "../../data/teams-query.ts"

/** Asks what a team is called and who keeps it; makes it, or changes the one that is there. */
export function TeamDialog(props: {
  team?: TeamDetail
  onClose: () => void
  onMade?: (team: string) => void
}): ReactNode {
  const { team, onClose, onMade } = props
  const { mutate, isPending, error } = usePutTeam()
  const [name, setName] = useState(team?.name ?? "")
  const [lead, setLead] = useState(team?.lead?.id ?? "")
  const [outside, setOutside] = useState(team?.externalName ?? "")
  const [byProvider, setByProvider] = useState(team?.keptBy === "provider")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const words = {
      name: name.trim(),
      lead: lead || null,
      externalName: outside || null,
      keptBy: byProvider ? ("provider" as const) : ("people" as const),
    }
    mutate(team ? { ...words, id: team.id } : words, {
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
      title={team ? "Change the team" : "Make a team"}
      description="Its people see and describe each agent that it helps with, for as long as they belong to it."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Name"
            value={name}
            required
            maxLength={100}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
          <PersonSelect
            label="Lead"
            none="Nobody"
            hint="Whom to ask about the team. It gives them nothing."
            chosen={lead}
            onChoose={setLead}
          />
          <TextField
            label="Name outside"
            hint="What the OpenID provider or a file calls it, letter by letter."
            value={outside}
            required={byProvider}
            maxLength={256}
            onChange={(event) => setOutside(event.target.value)}
          />
          <CheckField
            label="The provider keeps it"
            hint="Who belongs to it then follows the groups that the provider names, at each sign-in."
            checked={byProvider}
            onChange={(event) => setByProvider(event.target.checked)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            {team ? "Change the team" : "Make the team"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
