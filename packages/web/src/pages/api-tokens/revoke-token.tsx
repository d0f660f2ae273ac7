import type { ApiTokenView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { useRevokeApiToken } from "../../data/api-tokens-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** Ends a token, after saying what that means. */
export function RevokeToken({ token: { id, purpose } }: { token: ApiTokenView }): ReactNode {
  const [asked, setAsked] = useState(false)
  const { mutate, isPending, error } = useRevokeApiToken()
  const close = (): void => setAsked(false)
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setAsked(true)}>
        Revoke…
      </Button>
      <ActDialog
        open={asked}
        onClose={close}
        title={`Revoke the token for ${plainText(purpose)}?`}
        description="What asks with it is refused at once and for ever. It cannot be brought back; make another one instead."
        act="Revoke the token"
        look="stop"
        busy={isPending}
        error={error}
        onAct={(reason) => mutate({ id, reason }, { onSuccess: close })}
      />
    </>
  )
}
