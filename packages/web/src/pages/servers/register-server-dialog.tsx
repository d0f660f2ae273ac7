import type { ReactNode } from "react"
import { Dialog } from "../../components/dialog.tsx"
import { ServerForm } from "../agent/server-form.tsx"

/** Asks for a server to put behind the gateway. */
export function RegisterServerDialog(props: {
  onRegistered: (id: string) => void
  onClose: () => void
}): ReactNode {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Put a server behind the gateway"
      description="Agents reach it there, each as far as its manifest and task go."
    >
      <ServerForm onRegistered={({ id }) => props.onRegistered(id)} onClose={props.onClose} />
    </Dialog>
  )
}
