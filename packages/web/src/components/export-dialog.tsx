import type { UseMutationResult } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { saveCsv } from "../data/save-csv.ts"
import { Button } from "./button.tsx"
import { Dialog, DialogFoot } from "./dialog.tsx"
import { ProblemNote } from "./problem-note.tsx"

/** Says what a file of comma-separated values will hold, and saves it. */
export function ExportDialog<File extends Parameters<typeof saveCsv>[0]>(props: {
  title: string
  description: string
  file: UseMutationResult<File, Error, undefined>
  onClose: () => void
}): ReactNode {
  const { title, description, onClose } = props
  const { mutate, isPending, error } = props.file
  const save = (): void =>
    mutate(undefined, {
      onSuccess: (file) => {
        saveCsv(file)
        onClose()
      },
    })
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <div className="px-5 pb-3">
        <ProblemNote error={error} />
      </div>
      <DialogFoot onClose={onClose}>
        <Button look="primary" busy={isPending} onClick={save}>
          Save as CSV
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
