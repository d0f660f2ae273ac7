import type { DirectoryPersonView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { plainText } from "../../words/plain-text.ts"
import { ROLE_WORDS } from "./role-words.ts"

/** How a person's line is laid out: as much of it as the list has room for. */
export const PERSON_GRID =
  "grid items-center gap-x-4 px-3 grid-cols-[minmax(0,1fr)_auto] @lg:grid-cols-[minmax(0,1fr)_7rem_7.5rem] @3xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1.2fr)_minmax(0,1fr)_7rem_7.5rem]"

const ROOMY = "hidden @3xl:flex"

/** The names of the columns. */
export function PersonHeader(): ReactNode {
  return (
    <div role="rowgroup" className="max-md:sr-only">
      <div role="row" aria-rowindex={1} className={`h-9 border-b text-small text-faint ${PERSON_GRID}`}>
        <span role="columnheader">Name</span>
        <span role="columnheader" className={ROOMY}>
          Teams
        </span>
        <span role="columnheader" className={ROOMY}>
          Manager
        </span>
        <span role="columnheader" className="hidden @lg:block">
          Role
        </span>
        <span role="columnheader">State</span>
      </div>
    </div>
  )
}

/** One person: who they are, with whom, as what, and whether they are here; it opens them beside the list. */
export function PersonRow({ person }: { person: DirectoryPersonView }): ReactNode {
  const { id, name, email, role, teams, manager } = person
  return (
    <>
      <span role="cell" className="min-w-0">
        <Link
          from="/people"
          to="/people"
          search={({ q, role: asked, off }) => ({
            ...(q && { q }),
            ...(asked && { role: asked }),
            ...(off && { off }),
            person: id,
          })}
          replace
          data-row=""
          title={plainText(name)}
          className="block truncate font-medium outline-none after:absolute after:inset-0 after:rounded-md focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          <Said text={name} />
        </Link>
        <span className="block truncate text-small text-faint">
          {person.erased ? <Nothing /> : <Said text={email} />}
          <span className="@lg:hidden"> · {ROLE_WORDS[role]}</span>
        </span>
      </span>
      <span role="cell" className={`${ROOMY} min-w-0`}>
        <span className="truncate">
          {teams.length > 0 ? <Said text={teams.map((team) => team.name).join(", ")} /> : <Nothing />}
        </span>
      </span>
      <span role="cell" className={`${ROOMY} min-w-0`}>
        <span className="truncate">{manager ? <Said text={manager.name} /> : <Nothing />}</span>
      </span>
      <span role="cell" className="hidden @lg:block">
        {ROLE_WORDS[role]}
      </span>
      <span role="cell">
        <PersonState person={person} />
      </span>
    </>
  )
}

/** Whether a person is here, told by a word and a drawing. */
export function PersonState({
  person,
}: {
  person: Pick<DirectoryPersonView, "active" | "erased">
}): ReactNode {
  return person.active ? (
    <Mark icon="active" tone="calm">
      Active
    </Mark>
  ) : (
    <Mark icon="dismissed" tone="faint">
      {person.erased ? "Erased" : "Switched off"}
    </Mark>
  )
}

function Nothing(): ReactNode {
  return <span className="text-faint">–</span>
}
