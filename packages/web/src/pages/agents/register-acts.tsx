import { DropdownMenu } from "radix-ui"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
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
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          aria-label="More about the register"
          className="grid size-8 shrink-0 place-items-center rounded-md border border-edge hover:bg-hover max-md:size-10"
        >
          <Icon name="more" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={6}
            className="appear z-50 w-52 rounded-lg bg-float p-1 shadow-float"
          >
            {isSteward && <Act words="Import a register…" onSelect={() => setOpened("import")} />}
            <Act words="Export the register…" onSelect={() => setOpened("export")} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {Opens && <Opens onClose={() => setOpened(undefined)} />}
    </>
  )
}

function Act({ words, onSelect }: { words: string; onSelect: () => void }): ReactNode {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className="flex h-8 items-center rounded-md px-2.5 outline-none data-highlighted:bg-hover"
    >
      {words}
    </DropdownMenu.Item>
  )
}
