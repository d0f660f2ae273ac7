import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { usePerson } from "../../data/people-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { listed } from "../../words/count.ts"
import { ROLE_MEANING, ROLE_WORDS } from "../people/role-words.ts"

/** Who one is here, and as what. */
export function Profile(): ReactNode {
  const { user, organisation } = useSignedIn()
  return (
    <Definitions>
      <Definition name="Name">
        <Said text={user.name} />
      </Definition>
      <Definition name="Email">
        <Said text={user.email} />
      </Definition>
      <Definition name="Organisation">
        <Said text={organisation.name} />
      </Definition>
      <Definition name="Role" hint="An administrator gives it.">
        {ROLE_WORDS[user.role]}
        <span className="block text-soft">{ROLE_MEANING[user.role]}</span>
      </Definition>
      <Loaded
        reading={readingOf(usePerson(user.id))}
        what="Your place in the directory"
        loading={<SkeletonLines lines={2} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {({ teams, manager }) => (
          <>
            <Definition name="Teams" hint="You help with what they help with.">
              {teams.length === 0 ? "None" : <Said text={listed(teams.map(({ name }) => name))} />}
            </Definition>
            <Definition name="Manager">
              {manager ? <Said text={manager.name} /> : "Nobody is named"}
            </Definition>
          </>
        )}
      </Loaded>
      <Definition name="Agents" hint="Those that you answer for.">
        <Link to="/agents" search={{ owner: user.id }} className="text-accent hover:underline">
          Show the agents that you own
        </Link>
      </Definition>
    </Definitions>
  )
}
