import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { TokenList } from "../api-tokens/token-list.tsx"

/** The ways that machines have into the API in one's own name. */
export function OwnTokens(): ReactNode {
  const { user } = useSignedIn()
  if (useIsSteward()) return <TokenList madeBy={user.id} />
  return (
    <EmptyFace title="API tokens are made by administrators and security">
      Ask one of them where a script of yours has to read or write here.
    </EmptyFace>
  )
}
