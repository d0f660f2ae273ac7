import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { EnterAgentDialog } from "./enter-agent-dialog.tsx"
import { ExportRegisterDialog } from "./export-register-dialog.tsx"
import { ImportRegisterDialog } from "./import-register-dialog.tsx"

type Opened = "enter" | "import" | "export"

const DIALOGS = {
  enter: EnterAgentDialog,
  import: ImportRegisterDialog,
  export: ExportRegisterDialog,
}

/** What people do with the register besides what scans bring: enter, import, export. */
export function RegisterActs(): ReactNode {
  const [opened, setOpened] = useState<Opened>()
  const isSteward = useIsSteward()
  const Opens = opened && DIALOGS[opened]
  return (
    <>
      {isSteward && (
        <Button icon="plus" onClick={() => setOpened("enter")}>
          Enter an agent
        </Button>
      )}
      <ActsMenu
        label="More about the register"
        acts={[
          isSteward && { words: "Import a register…", onSelect: () => setOpened("import") },
          { words: "Export the register…", onSelect: () => setOpened("export") },
        ]}
      />
      {Opens && <Opens onClose={() => setOpened(undefined)} />}
    </>
  )
}
