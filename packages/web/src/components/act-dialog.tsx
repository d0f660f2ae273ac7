import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "./button.tsx"
import { Dialog, DialogFoot } from "./dialog.tsx"
import { TextAreaField, TextField } from "./field.tsx"
import { ProblemNote } from "./problem-note.tsx"

/** An act that needs a reason, and where it cannot be taken back, the name typed. */
export interface ActDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description: string
  /** What the button says: the act itself, and to how many. */
  readonly act: string
  readonly look: "primary" | "stop"
  /** What it will do in full, above the reason. */
  readonly shows?: ReactNode
  /** The name that must be typed before it is done. */
  readonly typed?: string
  readonly busy: boolean
  readonly error: unknown
  readonly onAct: (reason: string) => void
}

/** Asks for the reason of an act and says what it will do before it is done. */
export function ActDialog(props: ActDialogProps): ReactNode {
  const { open, onClose, title, description } = props
  return (
    <Dialog open={open} onClose={onClose} title={title} description={description}>
      <ActForm {...props} />
    </Dialog>
  )
}

function ActForm({ typed, busy, error, onAct, onClose, look, act, shows }: ActDialogProps): ReactNode {
  const [reason, setReason] = useState("")
  const [name, setName] = useState("")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onAct(reason.trim())
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        {shows}
        <TextAreaField
          label="Reason"
          hint="It is recorded and shown to whoever asks why."
          value={reason}
          required
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
          autoFocus
        />
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to confirm`}
            value={name}
            required
            autoComplete="off"
            onChange={(event) => {
              setName(event.target.value)
              event.target.setCustomValidity(
                event.target.value === typed ? "" : `Type ${typed} exactly as it is written.`,
              )
            }}
          />
        )}
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look={look} busy={busy} className="max-w-full min-w-0 shrink">
          <span className="truncate">{act}</span>
        </Button>
      </DialogFoot>
    </form>
  )
}
