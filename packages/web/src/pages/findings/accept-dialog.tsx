import type { FindingView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useClock } from "../../data/clock-context.ts"
import { useAcceptFinding } from "../../data/findings-query.ts"
import { dateFieldAfter, dayOf } from "../../words/time.ts"

const TERM_DAYS = 90
const TERM_MAX_DAYS = 364

/** Asks why a finding is lived with, and until when; on that day it is open again by itself. */
export function AcceptDialog({ finding, onClose }: { finding: FindingView; onClose: () => void }): ReactNode {
  const clock = useClock()
  const [reason, setReason] = useState("")
  const [until, setUntil] = useState(() => dateFieldAfter(TERM_DAYS, clock()))
  const { mutate, isPending, error } = useAcceptFinding()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ id: finding.id, reason: reason.trim(), until: `${until}T23:59:59Z` }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Live with this finding?"
      description="It leaves the list until the day that you name, and is open again by itself then, or sooner where it grows worse."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextAreaField
            label="Reason"
            hint="It is recorded under your name and shown with the finding."
            value={reason}
            required
            maxLength={1000}
            autoFocus
            onChange={(event) => setReason(event.target.value)}
          />
          <TextField
            label="Until"
            type="date"
            hint="At most a year."
            value={until}
            required
            min={dateFieldAfter(1, clock())}
            max={dateFieldAfter(TERM_MAX_DAYS, clock())}
            onChange={(event) => setUntil(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            {until ? `Accept until ${dayOf(until)}` : "Accept"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
