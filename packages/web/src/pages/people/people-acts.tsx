import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
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
      <ActsMenu
        label="More about people"
        acts={[
          isAdministrator && { words: "Import people…", onSelect: () => setOpened("import") },
          { words: "Export people…", onSelect: () => setOpened("export") },
        ]}
      />
      {opened === "invite" && <InviteDialog onClose={close} />}
      {opened === "team" && <TeamDialog onClose={close} onMade={props.onMade} />}
      {opened === "import" && <ImportPeopleDialog onClose={close} />}
      {opened === "export" && <ExportPeopleDialog onClose={close} />}
    </div>
  )
}
