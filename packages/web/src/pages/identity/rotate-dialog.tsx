import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Dialog } from "../../components/dialog.tsx"

/** Tells how a key is rotated: its private half never leaves its machine, so that is done there. */
export function RotateDialog({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rotate a key"
      description="Run this on the machine that holds the key. A new key takes its place there, and both work for ten minutes, so that what runs goes on. Then the earlier one ends, with every token that is bound to it."
    >
      <div className="space-y-3 px-5 pt-1 pb-5">
        <CopyableBlock text="npx --no-install tabard agents rotate" what="the command" />
        <p className="text-small text-pretty text-faint">
          Where the agent was enrolled under a name of its own, say it too: --agent NAME.
        </p>
        <p className="text-small text-pretty text-faint">
          A key that may be known to somebody else is not rotated: revoke its install instead.
        </p>
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
  )
}
