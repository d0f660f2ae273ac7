import type { RetentionView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { CheckField, TextAreaField, TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutRetention } from "../../data/retention-query.ts"
import { count } from "../../words/count.ts"

/** What is shorter has to be meant. */
const SHORT = 6

/** What the form begins with where all is kept. */
const USUAL = 24

/** Settles after how many months entries leave the record, or that all of it is kept. */
export function SettleRetentionDialog(props: { kept: RetentionView; onClose: () => void }): ReactNode {
  const { kept, onClose } = props
  const [forEver, setForEver] = useState(kept.months === null)
  const [months, setMonths] = useState(kept.months ?? USUAL)
  const [reason, setReason] = useState("")
  const { mutate, isPending, error } = usePutRetention()
  const wanted = forEver ? null : months
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const acknowledgeShort = wanted !== null && wanted < SHORT
    mutate({ months: wanted, reason, ...(acknowledgeShort && { acknowledgeShort }) }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="How long is the record kept?"
      description="Entries that are older leave the log and the store, from the beginning on. What has left does not come back. Nothing leaves in the first three days: until then it can be taken back."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <CheckField
            label="Keep all of it, for ever"
            checked={forEver}
            onChange={({ target }) => setForEver(target.checked)}
          />
          {!forEver && <Months months={months} onChange={setMonths} />}
          <TextAreaField
            label="Reason"
            hint="It stands in the record, with your name."
            required
            maxLength={1000}
            rows={2}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending} disabled={wanted === kept.months}>
            {forEver ? "Keep all of it" : `Keep ${count(months || 0, "month")}`}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function Months({ months, onChange }: { months: number; onChange: (months: number) => void }): ReactNode {
  return (
    <>
      <div className="w-28">
        <TextField
          label="Months"
          type="number"
          required
          min={1}
          max={1200}
          value={Number.isNaN(months) ? "" : months}
          onChange={({ target }) => onChange(target.valueAsNumber)}
        />
      </div>
      {months < SHORT && (
        <CheckField
          required
          label={`Less than ${SHORT} months are meant`}
          hint={`Laws and auditors ask for at least ${SHORT} months of what agents did.`}
        />
      )}
    </>
  )
}
