import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useExportPeople } from "../../data/people-acts.ts"
import { saveCsv } from "../../data/save-csv.ts"

/** Hands the people of the directory over as a file of comma-separated values. */
export function ExportPeopleDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useExportPeople()
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
      title="Export people"
      description="One line for each person: email, name, role, manager, teams and state. Read back unchanged, it changes nothing."
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
