import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { CarriedFields } from "./carried-fields.tsx"
import { KindField, ReceiverFields } from "./receiver-fields.tsx"
import type { SinkDraft } from "./sink-draft.ts"

/** The form of a sink. The kind of a sink that is there already stays. */
export function SinkForm(props: {
  first: SinkDraft
  isNew: boolean
  busy: boolean
  error: Error | null
  /** What the button says that it does. */
  act: string
  onSubmit: (draft: SinkDraft) => void
  onClose: () => void
}): ReactNode {
  const [draft, setDraft] = useState(props.first)
  const say = (differs: Partial<SinkDraft>): void => setDraft({ ...draft, ...differs })
  const saying = { draft, isNew: props.isNew, say }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onSubmit(draft)
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        {props.isNew && <KindField {...saying} />}
        <TextField
          label="Name"
          value={draft.name}
          required
          pattern=".*\S.*"
          maxLength={80}
          onChange={(event) => say({ name: event.target.value })}
        />
        <ReceiverFields {...saying} />
        <CarriedFields {...saying} />
        <ProblemNote error={props.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={props.busy}>
          {props.act}
        </Button>
      </DialogFoot>
    </form>
  )
}
