import type { MadeApiTokenView } from "@tabard/api"
import { SCIM_SCOPE } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeApiToken } from "../../data/api-tokens-query.ts"
import { MadeToken } from "./made-token.tsx"
import { TermChoice } from "./term-choice.tsx"

/** Makes a token by which a directory provisions people, and shows its text this once. */
export function ScimTokenDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useMakeApiToken()
  // Its text stands here alone and is gone with the dialog: it is never part of what the console remembers.
  const [made, setMade] = useState<MadeApiTokenView>()
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? "The token is made" : "Make a token for SCIM"}
      description={
        made
          ? "Copy it into the directory now: it is shown this once, and kept nowhere."
          : "Whoever holds it says who is here, and switches people off: keep it as you would an administrator's session."
      }
    >
      {made ? (
        <MadeToken made={made} onClose={onClose} />
      ) : (
        <Wish
          busy={isPending}
          error={error}
          onWish={(purpose, days) =>
            mutate({ purpose, days, role: "administrator", scopes: [SCIM_SCOPE] }, { onSuccess: setMade })
          }
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

function Wish(props: {
  busy: boolean
  error: unknown
  onWish: (purpose: string, days: number) => void
  onClose: () => void
}): ReactNode {
  const [purpose, setPurpose] = useState("")
  const [days, setDays] = useState(180)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onWish(purpose.trim(), days)
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label="Which directory"
          hint="As Entra ID or Okta. It stands in the record beside whatever the directory does."
          value={purpose}
          required
          pattern=".*\S.*"
          maxLength={200}
          autoFocus
          onChange={(event) => setPurpose(event.target.value)}
        />
        <TermChoice days={days} onDays={setDays} />
        <ProblemNote error={props.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={props.busy}>
          Make the token
        </Button>
      </DialogFoot>
    </form>
  )
}
