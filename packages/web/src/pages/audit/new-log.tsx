import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, TextAreaField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useNewLog } from "../../data/new-log-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

/** Lets an administrator have a new log follow this one, with a key of its own. */
export function NewLog(): ReactNode {
  const { user } = useSignedIn()
  const [open, setOpen] = useState(false)
  if (user.role !== "administrator") return null
  return (
    <>
      <Button size="small" className="mt-1.5" onClick={() => setOpen(true)}>
        Begin a new log…
      </Button>
      {open && (
        <Dialog
          open
          onClose={() => setOpen(false)}
          title="Begin a new log?"
          description="Nothing is added to this one any more. The next begins within seconds with its last checkpoint, and has a key of its own: auditors and witnesses need that key from you."
        >
          <NewLogForm onClose={() => setOpen(false)} />
        </Dialog>
      )}
    </>
  )
}

function NewLogForm({ onClose }: { onClose: () => void }): ReactNode {
  const [reason, setReason] = useState("")
  const [abandon, setAbandon] = useState(false)
  const { mutate, isPending, error } = useNewLog()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ reason, ...(abandon && { abandon }) }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextAreaField
          label="Reason"
          hint="It stands in the record, with your name."
          required
          maxLength={1000}
          rows={2}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <CheckField
          label="Leave this log as it was found"
          hint="For a database that was put back and is behind its log, with no newer one to bring back. The new log tells what was found."
          checked={abandon}
          onChange={({ target }) => setAbandon(target.checked)}
        />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" busy={isPending}>
          {abandon ? "Abandon this log and begin a new one" : "Begin a new log"}
        </Button>
      </DialogFoot>
    </form>
  )
}
