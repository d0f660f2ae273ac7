import type { InvitationView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Moment } from "../../components/moment.tsx"

/** Shows a person's link, once. */
export function InvitationShown(props: { invitation: InvitationView; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="space-y-3 px-5 pt-1 pb-5">
        <p>
          Give them this link yourself. It is shown once, works once, and ends{" "}
          <Moment at={props.invitation.expiresAt} />. Whoever opens it comes in as them.
        </p>
        <CopyableBlock text={props.invitation.link} what="the link" />
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={props.onClose}>
          Done
        </Button>
      </footer>
    </>
  )
}
