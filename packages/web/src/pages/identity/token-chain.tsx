import type { TokenView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Icon, type IconName } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"

const NODE = "inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-full border px-2 py-0.5 text-small"

/** Draws for whom a token acts: from the person over each agent to the one that holds it, which is marked. */
export function TokenChain(props: {
  /** For whom all of it is done; null where the token names nobody. */
  person: string | null
  /** Those that it acts for, nearest first. */
  chain: TokenView["chain"]
  current: string
}): ReactNode {
  const { person, chain, current } = props
  return (
    <ol aria-label="Acts for" className="flex min-w-0 flex-wrap items-center gap-y-1">
      {person !== null && (
        <ChainNode icon="people" isFirst>
          <Said text={person} />
        </ChainNode>
      )}
      {chain.toReversed().map((agent, place) => (
        <ChainNode key={agent.id} icon="agents" isFirst={person === null && place === 0}>
          <Link
            to="/agents/$id"
            params={{ id: agent.id }}
            search={{ tab: "identity" }}
            className="truncate hover:underline"
          >
            <Said text={agent.name} />
          </Link>
        </ChainNode>
      ))}
      <ChainNode icon="agents" isFirst={person === null && chain.length === 0} isCurrent>
        <Said text={current} />
        <span className="sr-only"> (this agent)</span>
      </ChainNode>
    </ol>
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
      {!isFirst && <span aria-hidden="true" className="w-4 border-t border-edge" />}
      {!isFirst && <Icon name="right" className="-ml-2 size-3 text-faint" />}
      <span
        className={`${NODE} ${isCurrent ? "border-accent bg-accent-wash font-medium text-accent" : "text-soft"}`}
      >
        <Icon name={icon} className="size-3.5" />
        <span className="min-w-0 truncate">{children}</span>
      </span>
    </li>
  )
}
