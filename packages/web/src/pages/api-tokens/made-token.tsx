import type { MadeApiTokenView } from "@tabard/api"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { dayOf } from "../../words/time.ts"

/** Shows the text of a token that was just made, this once. */
export function MadeToken({ made, onClose }: { made: MadeApiTokenView; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="space-y-3 px-5 pt-1 pb-5">
        <CopyableBlock text={made.token} what="the token" />
        <p className="text-small text-faint">
          Send it as <code className="font-mono">Authorization: Bearer</code>. It works until{" "}
          {dayOf(made.expiresAt)}.
        </p>
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </>
  )
}
