import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { TokenList } from "../api-tokens/token-list.tsx"

/** Every way that machines have into the API, whoever made it. */
export function OrganisationTokens(): ReactNode {
  if (useIsSteward()) return <TokenList madeBy={undefined} />
  return (
    <EmptyFace title="API tokens are for administrators and security">
      They make them, see those of everybody, and end them.
    </EmptyFace>
  )
}
