import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useExportRegister } from "../../data/register-query.ts"
import { saveCsv } from "../../data/save-csv.ts"

/** Hands the register over as a file of comma-separated values. */
export function ExportRegisterDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useExportRegister()
  const save = (): void =>
    mutate(undefined, {
      onSuccess: (file) => {
        saveCsv(file)
        onClose()
      },
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title="Export the register"
      description="One line for each agent: name, owner, purpose, systems, reviews, state and risk. Read back unchanged, it changes nothing."
    >
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
