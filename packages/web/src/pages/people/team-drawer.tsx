import type { TeamDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Drawer, DrawerFact } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useTeam } from "../../data/teams-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { KEPT_HINTS, KEPT_WORDS } from "./kept-words.ts"
import { AgentRefs, PeopleRefs } from "./refs.tsx"
import { RemoveTeamDialog } from "./remove-team-dialog.tsx"
import { TeamDialog } from "./team-dialog.tsx"
import { TeamPeople } from "./team-people.tsx"

/** One team beside the list: its people, and what it helps with. */
export function TeamDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Team" onClose={onClose}>
      <Loaded
        reading={readingOf(useTeam(id))}
        what="The team"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(team) => <Team team={team} onGone={onClose} />}
      </Loaded>
    </Drawer>
  )
}

function Team({ team, onGone }: { team: TeamDetail; onGone: () => void }): ReactNode {
  const mayChange = useSignedIn().user.role === "administrator"
  const [asked, setAsked] = useState<"change" | "remove">()
  const close = (): void => setAsked(undefined)
  return (
    <div className="space-y-5">
      <h2 className="text-lead font-semibold text-pretty wrap-anywhere">
        <Said text={team.name} />
      </h2>
      <dl>
        <DrawerFact name="Lead">
          <PeopleRefs people={team.lead ? [team.lead] : []} none="Nobody" />
        </DrawerFact>
        <DrawerFact name="Kept by">
          {KEPT_WORDS[team.keptBy]}
          {team.keptBy !== "people" && (
            <span className="block text-small text-pretty text-faint">{KEPT_HINTS[team.keptBy]}</span>
          )}
        </DrawerFact>
        {team.externalName !== null && (
          <DrawerFact name="Name outside">
            <code className="font-mono text-small">
              <Said text={team.externalName} />
            </code>
          </DrawerFact>
        )}
        <DrawerFact name="Helps with">
          <AgentRefs agents={team.helpsWith} />
        </DrawerFact>
      </dl>
      <TeamPeople team={team} mayChange={mayChange && team.keptBy === "people"} />
      {mayChange && (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setAsked("change")}>Change the team…</Button>
          <Button look="stop" onClick={() => setAsked("remove")}>
            Remove the team…
          </Button>
        </div>
      )}
      {asked === "change" && <TeamDialog team={team} onClose={close} />}
      {asked === "remove" && <RemoveTeamDialog team={team} onClose={close} onGone={onGone} />}
    </div>
  )
}
