import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { useRotateLog } from "../../data/log-policy-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"

/** Lets an administrator have a new log follow the one that is written now. */
export function BeginLog({ next }: { next: number }): ReactNode {
  const { user } = useSignedIn()
  const [open, setOpen] = useState(false)
  const { mutate, isPending, error, reset } = useRotateLog()
  if (user.role !== "administrator") return null
  const close = (): void => {
    setOpen(false)
    reset()
  }
  return (
    <>
      <Button size="small" className="mt-1.5" onClick={() => setOpen(true)}>
        Begin log {next}…
      </Button>
      <ActDialog
        open={open}
        onClose={close}
        title={`Begin log ${next}?`}
        description="Within seconds it follows this one, whose last checkpoint is its first entry. It has a key of its own: hand that to whoever verifies and to each witness. Nothing is added to this one any more."
        act={`Begin log ${next}`}
        look="primary"
        busy={isPending}
        error={error}
        onAct={(reason) => mutate({ reason }, { onSuccess: close })}
      />
    </>
  )
}
