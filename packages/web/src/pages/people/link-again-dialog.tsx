import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useInviteAgain } from "../../data/people-acts.ts"
import { InvitationShown } from "./invitation-shown.tsx"

/** Makes another one-time link for a person who is here. */
export function LinkAgainDialog(props: { id: string; name: string; onClose: () => void }): ReactNode {
  const { mutate, data, isPending, error } = useInviteAgain()
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`A new link for ${props.name}`}
      description="It takes the place of any before."
    >
      {data ? (
        <InvitationShown invitation={data} onClose={props.onClose} />
      ) : (
        <>
          <div className="px-5 pb-2">
            <ProblemNote error={error} />
          </div>
          <DialogFoot onClose={props.onClose}>
            <Button look="primary" busy={isPending} onClick={() => mutate(props.id)}>
              Make a one-time link
            </Button>
          </DialogFoot>
        </>
      )}
    </Dialog>
  )
}
