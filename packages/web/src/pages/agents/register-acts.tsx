import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { EnterAgentDialog } from "./enter-agent-dialog.tsx"

/** What stewards do with the register besides what scans bring: enter an agent by hand. */
export function RegisterActs(): ReactNode {
  const [entering, setEntering] = useState(false)
  if (!useIsSteward()) return null
  return (
    <>
      <Button icon="plus" onClick={() => setEntering(true)}>
        Enter an agent
      </Button>
      {entering && <EnterAgentDialog onClose={() => setEntering(false)} />}
    </>
  )
}
