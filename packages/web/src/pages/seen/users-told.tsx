import type { CredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

/** Says in a row who uses a seen thing: the one agent by its name, more of them by their number. */
export function UsersTold({ thing }: { thing: Pick<CredentialView, "agents" | "agentCount"> }): ReactNode {
  const [first] = thing.agents
  if (!first) return <span className="text-faint">No agent</span>
  if (thing.agentCount === 1) {
    return (
      <span className="block truncate">
        <Said text={first.name} />
      </span>
    )
  }
  return <span className="font-medium">{count(thing.agentCount, "agent")}</span>
}
