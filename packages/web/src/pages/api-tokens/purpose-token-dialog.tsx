import type { MadeApiTokenView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useMakeApiToken } from "../../data/api-tokens-query.ts"
import { MadeToken } from "./made-token.tsx"
import { TermChoice } from "./term-choice.tsx"

/** A token that is for one thing alone, and what is said where it is made. */
export interface TokenPurpose {
  readonly scope: string
  /** What it is called, as in "Make …". */
  readonly what: string
  readonly warning: string
  readonly whither: string
  readonly label: string
  readonly hint: string
  readonly days: number
}

/** Makes a token that is for one thing alone, and shows its text this once. */
export function PurposeTokenDialog({
  purpose,
  onClose,
}: {
  purpose: TokenPurpose
  onClose: () => void
}): ReactNode {
  const { mutate, isPending, error } = useMakeApiToken()
  // Its text stands here alone and is gone with the dialog: it is never part of what the console remembers.
  const [made, setMade] = useState<MadeApiTokenView>()
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? "The token is made" : `Make ${purpose.what}`}
      description={made ? purpose.whither : purpose.warning}
    >
      {made ? (
        <MadeToken made={made} onClose={onClose} />
      ) : (
        <Wish
          of={purpose}
          busy={isPending}
          error={error}
          onWish={(wish) =>
            mutate({ ...wish, role: "administrator", scopes: [purpose.scope] }, { onSuccess: setMade })
          }
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

function Wish(props: {
  of: TokenPurpose
  busy: boolean
  error: unknown
  onWish: (wish: { purpose: string; days: number }) => void
  onClose: () => void
}): ReactNode {
  const [purpose, setPurpose] = useState("")
  const [days, setDays] = useState(props.of.days)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onWish({ purpose: purpose.trim(), days })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label={props.of.label}
          hint={props.of.hint}
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
