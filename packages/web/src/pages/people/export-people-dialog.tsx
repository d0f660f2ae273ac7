import type { ReactNode } from "react"
import { ExportDialog } from "../../components/export-dialog.tsx"
import { useExportPeople } from "../../data/people-acts.ts"

/** Hands the people of the directory over as a file of comma-separated values. */
export function ExportPeopleDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <ExportDialog
      file={useExportPeople()}
      onClose={onClose}
      title="Export people"
      description="One line for each person: email, name, role, manager, teams and state. Read back unchanged, it changes nothing."
    />
  )
}
