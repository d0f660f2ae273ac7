import type { MadeApiTokenView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Dialog } from "../../components/dialog.tsx"
import { useMakeApiToken } from "../../data/api-tokens-query.ts"
import { dayOf } from "../../words/time.ts"
import { TokenForm } from "./token-form.tsx"

/** Asks what a token is for, makes it, and shows its text this once. */
export function MakeTokenDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useMakeApiToken()
  // Its text stands here alone and is gone with the dialog: it is never part of what the console remembers.
  const [made, setMade] = useState<MadeApiTokenView>()
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? "The token is made" : "Make an API token"}
      description={
        made
          ? "Copy it now: it is shown this once, and kept nowhere."
          : "It asks in your name, and never for more than you may yourself."
      }
    >
      {made ? (
        <Made made={made} onClose={onClose} />
      ) : (
        <TokenForm
          busy={isPending}
          error={error}
          onWish={(wish) => mutate(wish, { onSuccess: setMade })}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

function Made({ made, onClose }: { made: MadeApiTokenView; onClose: () => void }): ReactNode {
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
