import type { TeamView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { rowGround } from "../../components/row-look.ts"
import { Said } from "../../components/said.tsx"
import { useTeams } from "../../data/teams-query.ts"
import { count } from "../../words/count.ts"
import { KEPT_WORDS } from "./kept-words.ts"

const GRID =
  "grid items-center gap-x-4 px-3 grid-cols-[minmax(0,1fr)_auto] @2xl:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_6rem_6rem_9rem]"

/** In pixels, where a team tells nothing more. */
const ROW = 52

/** Every team: how many belong to it, and what it helps with; one opens beside the list. */
export function TeamsList({ open }: { open: string | undefined }): ReactNode {
  return (
    <Loaded
      reading={readingOf(useTeams())}
      what="The teams"
      loading={<SkeletonRows rows={6} height={ROW} />}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <EmptyFace title="There are no teams yet">
          A team looks after agents together: its people see and describe each agent that it helps with, for
          as long as they belong to it.
        </EmptyFace>
      }
      partial={() => null}
    >
      {({ items }) => (
        <div role="table" aria-label="Teams" className="@container border-t">
          <Header />
          <div role="rowgroup">
            {items.map((team) => (
              <div
                key={team.id}
                role="row"
                className={`relative min-h-13 border-b py-1.5 ${rowGround(team.id === open)} ${GRID}`}
              >
                <TeamRow team={team} />
              </div>
            ))}
          </div>
        </div>
      )}
    </Loaded>
  )
}

function Header(): ReactNode {
  return (
    <div role="rowgroup" className="max-md:sr-only">
      <div role="row" className={`h-9 border-b text-small text-faint ${GRID}`}>
        <span role="columnheader">Name</span>
        <span role="columnheader" className="hidden @2xl:block">
          Lead
        </span>
        <span role="columnheader">People</span>
        <span role="columnheader" className="hidden @2xl:block">
          Agents
        </span>
        <span role="columnheader" className="hidden @2xl:block">
          Kept by
        </span>
      </div>
    </div>
  )
}

function TeamRow({ team }: { team: TeamView }): ReactNode {
  return (
    <>
      <span role="cell" className="min-w-0">
        <Link
          from="/people"
          to="/people"
          search={{ tab: "teams", team: team.id }}
          replace
          data-row=""
          className="block truncate font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <Said text={team.name} />
        </Link>
        {team.yours && <span className="block text-small text-faint">You belong to it</span>}
      </span>
      <span role="cell" className="hidden min-w-0 @2xl:block">
        <span className="block truncate">
          {team.lead ? <Said text={team.lead.name} /> : <span className="text-faint">–</span>}
        </span>
      </span>
      <span role="cell" className="tabular-nums">
        {team.members}
        <span className="@2xl:sr-only"> {team.members === 1 ? "person" : "people"}</span>
      </span>
      <span role="cell" className="hidden tabular-nums @2xl:block" title={count(team.agents, "agent")}>
        {team.agents}
      </span>
      <span role="cell" className="hidden @2xl:block">
        {KEPT_WORDS[team.keptBy]}
      </span>
    </>
  )
}
