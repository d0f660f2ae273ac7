import type { TokenView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Icon, type IconName } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"

const NODE = "inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-full border px-2 py-0.5 text-small"

type ChainAgent = TokenView["chain"][number]

/** Draws who acts for whom: from the person over each agent to the last one. The agent that is looked at is marked. */
export function TokenChain(props: {
  /** For whom all of it is done; null where nobody is named. */
  person: string | null
  /** Those that the last one acts for, nearest first. */
  chain: readonly ChainAgent[]
  last: ChainAgent
  /** The id of the agent that is looked at. */
  current: string
  /** What the drawing is, for whoever does not see it. */
  label: string
}): ReactNode {
  const { person, chain, last, current, label } = props
  return (
    <ol aria-label={label} className="flex min-w-0 flex-wrap items-center gap-y-1">
      {person !== null && (
        <ChainNode icon="people" isFirst>
          <Said text={person} />
        </ChainNode>
      )}
      {[...chain.toReversed(), last].map((agent, place) => (
        <ChainNode
          key={agent.id}
          icon="agents"
          isFirst={person === null && place === 0}
          isCurrent={agent.id === current}
        >
          <AgentName agent={agent} isCurrent={agent.id === current} />
        </ChainNode>
      ))}
    </ol>
  )
}

function AgentName({ agent, isCurrent }: { agent: ChainAgent; isCurrent: boolean }): ReactNode {
  if (isCurrent)
    return (
      <>
        <Said text={agent.name} />
        <span className="sr-only"> (this agent)</span>
      </>
    )
  return (
    <Link to="/agents/$id" params={{ id: agent.id }} search={{ tab: "identity" }} className="hover:underline">
      <Said text={agent.name} />
    </Link>
  )
}

function ChainNode(props: {
  icon: IconName
  isFirst: boolean
  isCurrent?: boolean
  children: ReactNode
}): ReactNode {
  const { icon, isFirst, isCurrent = false, children } = props
  return (
    <li className="flex max-w-full min-w-0 items-center">
      {!isFirst && (
        <>
          <span aria-hidden="true" className="w-4 shrink-0 border-t border-edge" />
          <Icon name="right" className="-ml-2 size-3 text-faint" />
        </>
      )}
      <span
        className={`${NODE} ${isCurrent ? "border-accent bg-accent-wash font-medium text-accent" : "text-soft"}`}
      >
        <Icon name={icon} className="size-3.5" />
        <span className="min-w-0 truncate">{children}</span>
      </span>
    </li>
  )
}
