import type { PolicyGapsView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentNames } from "../../data/agent-names.ts"
import { usePolicyGaps } from "../../data/coverage-query.ts"
import { useServers } from "../../data/servers-query.ts"
import { grouped } from "../../words/count.ts"
import { shortId } from "../../words/ids.ts"

/** What no rule speaks of and which rules decided nothing, as three numbers that unfold. */
export function PolicyGaps(): ReactNode {
  return (
    <div className="mb-5">
      <Loaded
        reading={readingOf(usePolicyGaps())}
        what="What no rule speaks of"
        loading={<SkeletonLines lines={2} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(gaps) => <Gaps gaps={gaps} />}
      </Loaded>
    </div>
  )
}

function Gaps({ gaps }: { gaps: PolicyGapsView }): ReactNode {
  const nameOf = useAgentNames()
  const servers = useServers().data?.items ?? []
  const names = new Map(servers.map(({ id, name }) => [id, name]))
  return (
    <div className="grid gap-x-8 gap-y-2 md:grid-cols-3">
      <Gap
        words="active agents under no manifest"
        many={gaps.agentsWithoutManifest.length}
        more={gaps.more.agents}
      >
        {gaps.agentsWithoutManifest.map((agent) => (
          <li key={agent}>
            <Link
              to="/agents/$id"
              params={{ id: agent }}
              search={{ tab: "manifest" }}
              className="block truncate rounded py-1 -outline-offset-2 hover:underline"
            >
              {nameOf(agent)}
            </Link>
          </li>
        ))}
      </Gap>
      <Gap
        words="tools that no agent is permitted"
        many={gaps.toolsWithoutPermit.length}
        more={gaps.more.tools}
      >
        {gaps.toolsWithoutPermit.map(({ server, tool }) => (
          <li key={`${server}/${tool}`} className="truncate py-1 font-mono text-small">
            <Said text={`${names.get(server) ?? shortId(server)}/${tool}`} />
          </li>
        ))}
      </Gap>
      <Gap
        words="rules for everybody that decided none of the newest thousand"
        many={gaps.silentPolicies.length}
        more={gaps.more.policies}
      >
        {gaps.silentPolicies.map((policy) => (
          <li key={policy} className="truncate py-1 font-mono text-small">
            <Said text={policy} />
          </li>
        ))}
      </Gap>
    </div>
  )
}

function Gap(props: { words: string; many: number; more: boolean; children: ReactNode }): ReactNode {
  const [open, setOpen] = useState(false)
  const { words, many, more } = props
  return (
    <div className="min-w-0 border-t pt-2">
      <button
        type="button"
        disabled={many === 0}
        aria-expanded={many === 0 ? undefined : open}
        onClick={() => setOpen(!open)}
        className="flex w-full items-baseline gap-2 rounded text-left enabled:hover:bg-hover"
      >
        <span className="text-title font-semibold">
          {more ? `more than ${grouped(many)}` : grouped(many)}
        </span>
        <span className="min-w-0 flex-1 text-soft">{words}</span>
        {many > 0 && <Icon name={open ? "down" : "right"} className="size-3 text-faint" />}
      </button>
      {open && <ul className="mt-1 max-h-60 overflow-y-auto pr-1">{props.children}</ul>}
    </div>
  )
}
