import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { ServerForm } from "./server-form.tsx"

/** Says that no server stands behind the gateway, and lets an administrator put one there. */
export function NoServer({ onClose }: { onClose: () => void }): ReactNode {
  const { role } = useSignedIn().user
  if (role !== "administrator") {
    return (
      <EmptyFace title="No server stands behind the gateway yet">
        A task needs one whose tools the agent may use. An administrator can put it there.
      </EmptyFace>
    )
  }
  return <ServerForm because="No server stands behind the gateway yet." onClose={onClose} />
}
