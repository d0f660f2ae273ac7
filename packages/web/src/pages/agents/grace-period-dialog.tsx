import { GRACE_DAYS } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { TextField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutSettings, useSettings } from "../../data/settings-query.ts"

/** Settles after how many days a discovered agent that nobody took up is shadow. */
export function GracePeriodDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Grace period"
      description="A discovered agent that nobody has adopted or dismissed after this many days is shadow: it shows as such and is a finding."
    >
      <Loaded
        reading={readingOf(useSettings())}
        what="The settings"
        loading={<SkeletonLines lines={2} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {({ graceDays }) => <DaysForm kept={graceDays} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function DaysForm({ kept, onClose }: { kept: number; onClose: () => void }): ReactNode {
  const [days, setDays] = useState(kept)
  const { mutate, isPending, error } = usePutSettings()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ graceDays: days }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label="Days"
          type="number"
          required
          min={GRACE_DAYS.min}
          max={GRACE_DAYS.max}
          value={Number.isNaN(days) ? "" : days}
          onChange={(event) => setDays(event.target.valueAsNumber)}
        />
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button type="submit" look="primary" busy={isPending}>
          Settle it for everybody
        </Button>
      </DialogFoot>
    </form>
  )
}
