import { DropdownMenu } from "radix-ui"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { ExportPeopleDialog } from "./export-people-dialog.tsx"
import { ImportPeopleDialog } from "./import-people-dialog.tsx"
import { InviteDialog } from "./invite-dialog.tsx"
import { TeamDialog } from "./team-dialog.tsx"

type Opened = "invite" | "team" | "import" | "export"

/** What is done about people besides one of them: inviting, making a team, a file in and out. */
export function PeopleActs(props: { part: "people" | "teams"; onMade: (team: string) => void }): ReactNode {
  const [opened, setOpened] = useState<Opened>()
  const { role } = useSignedIn().user
  const isAdministrator = role === "administrator"
  const close = (): void => setOpened(undefined)
  if (role === "member") return null
  return (
    <div className="flex items-center gap-2">
      {isAdministrator && (
        <Button
          look="primary"
          icon="plus"
          onClick={() => setOpened(props.part === "teams" ? "team" : "invite")}
        >
          {props.part === "teams" ? "Make a team" : "Invite a person"}
        </Button>
      )}
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          aria-label="More about people"
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
            {isAdministrator && <Act words="Import people…" onSelect={() => setOpened("import")} />}
            <Act words="Export people…" onSelect={() => setOpened("export")} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {opened === "invite" && <InviteDialog onClose={close} />}
      {opened === "team" && <TeamDialog onClose={close} onMade={props.onMade} />}
      {opened === "import" && <ImportPeopleDialog onClose={close} />}
      {opened === "export" && <ExportPeopleDialog onClose={close} />}
    </div>
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
