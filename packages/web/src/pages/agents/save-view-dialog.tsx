import type { SavedViewInput, SavedViewView } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useViewAct } from "../../data/views-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** Keeps the list as it is shown under a name, renames the view that is shown, or puts this in place of another one. */
export function SaveViewDialog(props: {
  /** The view that is shown now, where it is one. */
  shown: SavedViewView | undefined
  views: readonly SavedViewView[]
  search: string
  onClose: () => void
}): ReactNode {
  const { shown, views, search, onClose } = props
  const [name, setName] = useState(shown?.name ?? "")
  const replaced = shown ?? views.find((view) => view.name === name.trim())
  const { mutate, isPending, error } = useViewAct((client, input: SavedViewInput) =>
    replaced ? client.changeView({ id: replaced.id, ...input }) : client.saveView(input),
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ name: name.trim(), search }, { onSuccess: onClose })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={shown ? "Rename this view" : "Save this view"}
      description="Filters, order and columns are kept, for you alone, on every machine on which you sign in."
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Name"
            value={name}
            required
            maxLength={80}
            autoFocus
            onChange={({ target: { value } }) => setName(value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            {wordsOf(shown, replaced)}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function wordsOf(shown: SavedViewView | undefined, replaced: SavedViewView | undefined): string {
  if (shown) return "Rename the view"
  return replaced ? `Replace ${plainText(replaced.name)}` : "Save the view"
}
