import type { ReactNode } from "react"
import { ExportDialog } from "../../components/export-dialog.tsx"
import { useExportRegister } from "../../data/register-query.ts"

/** Hands the register over as a file of comma-separated values. */
export function ExportRegisterDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <ExportDialog
      file={useExportRegister()}
      onClose={onClose}
      title="Export the register"
      description="One line for each agent: name, owner, purpose, systems, reviews, state and risk. Read back unchanged, it changes nothing."
    />
  )
}
