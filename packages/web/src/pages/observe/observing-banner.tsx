import type { AgentDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Moment } from "../../components/moment.tsx"
import { useObserving } from "../../data/observe-query.ts"
import { count } from "../../words/count.ts"

/** Says on every part of an agent's page that its bounds are not enforced now; nothing where they are. */
export function ObservingBanner({ agent }: { agent: AgentDetail }): ReactNode {
  const { data } = useObserving(agent.id)
  if (!data?.observing || !data.latest) return null
  const { calls, endsAt } = data.latest
  return (
    <p className="mt-4 flex max-w-3xl items-start gap-2 rounded-md bg-ask-wash px-3 py-2 text-ask">
      <Icon name="warning" className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 text-pretty">
        Its bounds are observed and not enforced: {count(calls, "call")} so far {calls === 1 ? "was" : "were"}{" "}
        let through. That ends <Moment at={endsAt} />.{" "}
        <Link
          to="/agents/$id"
          params={{ id: agent.id }}
          search={{ tab: "manifest" }}
          className="underline hover:no-underline"
        >
          See what enforcing would stop
        </Link>
      </span>
    </p>
  )
}
