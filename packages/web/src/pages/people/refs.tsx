import type { AgentRef, PersonView, TeamRef } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

const LINK = "text-accent hover:underline"

/** People by name, each opening beside the list. */
export function PeopleRefs({ people, none }: { people: readonly PersonView[]; none: string }): ReactNode {
  if (people.length === 0) return <span className="text-faint">{none}</span>
  return (
    <ul>
      {people.map(({ id, name }) => (
        <li key={id}>
          <Link from="/people" to="/people" search={{ person: id }} replace className={LINK}>
            <Said text={name} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Teams by name, each opening beside the list. */
export function TeamRefs({ teams }: { teams: readonly TeamRef[] }): ReactNode {
  if (teams.length === 0) return <span className="text-faint">None</span>
  return (
    <ul>
      {teams.map(({ id, name }) => (
        <li key={id}>
          <Link from="/people" to="/people" search={{ tab: "teams", team: id }} replace className={LINK}>
            <Said text={name} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** How many agents are named at first. */
const NAMED = 8

/** Agents by name, each leading to its page; beyond a few, how many more there are. */
export function AgentRefs({ agents, total }: { agents: readonly AgentRef[]; total?: number }): ReactNode {
  const all = total ?? agents.length
  if (all === 0) return <span className="text-faint">None</span>
  return (
    <ul>
      {agents.slice(0, NAMED).map(({ id, name }) => (
        <li key={id} className="truncate">
          <Link to="/agents/$id" params={{ id }} className={LINK}>
            <Said text={name} />
          </Link>
        </li>
      ))}
      {all > NAMED && <li className="text-faint">and {count(all - NAMED, "more agent", "more agents")}</li>}
    </ul>
  )
}
