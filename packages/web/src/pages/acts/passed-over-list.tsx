import type { AgentSummary } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import type { PassedOver } from "./act-words.ts"

const NAMED = 5

/** Names the agents that an act leaves alone, together with all others for the same reason. */
export function PassedOverList(props: {
  title: string
  groups: readonly PassedOver[]
  agents: readonly AgentSummary[]
}): ReactNode {
  const { title, groups, agents } = props
  if (groups.length === 0) return null
  const many = groups.reduce((sum, group) => sum + group.agents.length, 0)
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  return (
    <div className="rounded-md bg-ask-wash px-3 py-2">
      <p className="font-medium text-ask">
        {title}: {count(many, "agent")}
      </p>
      <ul className="mt-1 space-y-1">
        {groups.map((group) => (
          <li key={group.says} className="wrap-anywhere">
            <Said text={namesOf(group.agents, names)} />
            <span className="block text-small text-soft">
              <Said text={group.says} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function namesOf(ids: readonly string[], names: ReadonlyMap<string, string>): string {
  const named = ids.slice(0, NAMED).map((id) => plainText(names.get(id) ?? id))
  const more = ids.length - named.length
  return more > 0 ? `${named.join(", ")} and ${count(more, "other")}` : named.join(", ")
}
