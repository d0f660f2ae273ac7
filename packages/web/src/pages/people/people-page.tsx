import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { WITH_DRAWER } from "../../components/drawer.tsx"
import { Page } from "../../components/page.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { useShortcuts } from "../../shell/shortcuts.ts"
import { PeopleActs } from "./people-acts.tsx"
import { PeopleList } from "./people-list.tsx"
import type { PeopleSearch, PeopleSearchChange } from "./people-search.ts"
import { PersonDrawer } from "./person-drawer.tsx"
import { TeamDrawer } from "./team-drawer.tsx"
import { TeamsList } from "./teams-list.tsx"

const route = getRouteApi("/people")
const PARTS = ["people", "teams"] as const

/** Everybody in the directory and their teams, and what administrators do about them; one opens beside the list. */
export function PeoplePage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: PeopleSearchChange): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: (now) => ({ ...now, ...next }) as PeopleSearch, replace: true })
  const close = (): void => change({ person: undefined, team: undefined })
  useShortcuts({ Escape: close })
  const { tab = "people", person, team } = search
  return (
    <Page title="People" beside={<PeopleActs part={tab} onMade={(made) => change({ team: made })} />}>
      <div className={person || team ? WITH_DRAWER : ""}>
        <div className="min-w-0">
          <PageTabs
            names={PARTS}
            shown={tab}
            onShow={(part) => void navigate({ search: part === "teams" ? { tab: part } : {}, replace: true })}
            label={(part) => (part === "teams" ? "Teams" : "People")}
          >
            {(part) =>
              part === "teams" ? <TeamsList open={team} /> : <PeopleList search={search} onSearch={change} />
            }
          </PageTabs>
        </div>
        {person && <PersonDrawer key={person} id={person} onClose={close} />}
        {team && !person && <TeamDrawer key={team} id={team} onClose={close} />}
      </div>
    </Page>
  )
}
