import type { ReporterView } from "@tabard/api"
import type { ReactNode } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { useRevokeReporter } from "../../data/sources-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** Refuses a machine's reports from now on, after saying what stays. */
export function RevokeReporterDialog(props: { reporter: ReporterView; onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useRevokeReporter()
  const { id } = props.reporter
  const name = plainText(props.reporter.name)
  return (
    <ActDialog
      open
      onClose={props.onClose}
      title={`Revoke ${name}?`}
      description="What it sends is refused at once. What it saw stays in the inventory and grows old. To let it report again, enrol it anew."
      act={`Revoke ${name}`}
      look="stop"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id, reason }, { onSuccess: props.onClose })}
    />
  )
}
