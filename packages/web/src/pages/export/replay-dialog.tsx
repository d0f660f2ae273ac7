import type { SinkView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useReplaySink } from "../../data/sinks-query.ts"
import { count, grouped } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"

/** Asks from which entry on everything is carried again, and says how many that will be. */
export function ReplayDialog({ sink, onClose }: { sink: SinkView; onClose: () => void }): ReactNode {
  const { place } = sink.progress
  const [from, setFrom] = useState("0")
  const { mutate, isPending, error } = useReplaySink()
  const first = Number(from)
  const again = place - first
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ id: sink.id, place: first }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Carry again to ${plainText(sink.name)}`}
      description="The same keys are carried again, so that a receiver that goes by them has nothing twice."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="From entry"
            hint={`0 is the first of the record. It has come to ${grouped(place)}.`}
            type="number"
            min={0}
            max={Math.max(0, place - 1)}
            step={1}
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending} disabled={from === "" || !(again > 0)}>
            {again > 0 ? `Carry ${count(again, "entry", "entries")} again` : "Carry again"}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
