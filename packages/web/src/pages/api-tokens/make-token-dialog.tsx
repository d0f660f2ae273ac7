import type { MadeApiTokenView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Dialog } from "../../components/dialog.tsx"
import { useMakeApiToken } from "../../data/api-tokens-query.ts"
import { MadeToken } from "./made-token.tsx"
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
        <MadeToken made={made} onClose={onClose} />
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
