import type { UseMutationResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { plainText } from "../words/plain-text.ts"
import { Button } from "./button.tsx"
import { Dialog, DialogFoot } from "./dialog.tsx"
import { ProblemNote } from "./problem-note.tsx"

/** Asks before something is removed for ever, and says what follows. */
export function RemoveDialog(props: {
  id: string
  name: string
  act: string
  description: string
  removal: UseMutationResult<unknown, Error, string>
  onClose: () => void
}): ReactNode {
  const { id, name, act, description, removal, onClose } = props
  return (
    <Dialog open onClose={onClose} title={`Remove ${plainText(name)}`} description={description}>
      {removal.error && (
        <div className="px-5 pb-4">
          <ProblemNote error={removal.error} />
        </div>
      )}
      <DialogFoot onClose={onClose}>
        <Button
          look="stop"
          busy={removal.isPending}
          onClick={() => removal.mutate(id, { onSuccess: onClose })}
        >
          {act}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
