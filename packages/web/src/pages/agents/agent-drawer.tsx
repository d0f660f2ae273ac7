import type { AgentDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useEffect, useRef } from "react"
import { OwnerMark } from "../../components/agent-marks.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { useAgent } from "../../data/agents-query.ts"
import { AUTONOMY_WORDS } from "../../words/agent-words.ts"
import { count } from "../../words/count.ts"
import { AgentHead } from "../agent/agent-head.tsx"

/** As wide as a screen has to be for both, list and drawer. */
const BESIDE = "(min-width: 1024px)"

/** One agent beside the list: what it is, how risky, whose, and how to stop it. On a narrow screen it lies over the list. */
export function AgentDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const agent = useAgent(id)
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    // Beside the list the keyboard stays in the list, so that one goes on with j, k and Enter.
    if (!window.matchMedia(BESIDE).matches) drawer.current?.focus({ preventScroll: true })
  }, [])
  return (
    <aside
      ref={drawer}
      tabIndex={-1}
      aria-label="Agent"
      className="appear bg-ground outline-none max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:w-full max-lg:max-w-md max-lg:overflow-y-auto max-lg:p-5 max-lg:pb-20 max-lg:shadow-float lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)] lg:overflow-y-auto lg:border-l lg:pl-6"
    >
      <div className="mb-3 flex items-center justify-between">
        <Link
          to="/agents/$id"
          params={{ id }}
          className="flex items-center gap-1 text-accent hover:underline"
        >
          Open the whole agent <Icon name="right" className="size-3.5" />
        </Link>
        <button
          type="button"
          aria-label="Close the agent"
          onClick={onClose}
          className="grid size-7 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
        >
          <Icon name="cross" />
        </button>
      </div>
      <Loaded
        reading={readingOf(agent)}
        what="The agent"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(found) => <InShort agent={found} />}
      </Loaded>
    </aside>
  )
}

function InShort({ agent }: { agent: AgentDetail }): ReactNode {
  const { risk, findings } = agent
  return (
    <div className="space-y-5">
      <AgentHead agent={agent} level="h2" />
      <dl className="border-t">
        <Fact name="Risk">
          <RiskMark risk={risk} />
        </Fact>
        {risk && (
          <Fact name="Access × autonomy">
            {risk.access} × {risk.autonomy}
          </Fact>
        )}
        <Fact name="Owner">
          <OwnerMark owner={agent.owner} orphaned={agent.orphaned} />
        </Fact>
        {agent.maintainers.length > 0 && (
          <Fact name="Maintainers">
            <Said text={agent.maintainers.map(({ name }) => name).join(", ")} />
          </Fact>
        )}
        <Fact name="Runs unasked">{AUTONOMY_WORDS[agent.autonomy].label}</Fact>
        <Fact name="Reaches">
          {count(agent.usesServers.length, "server")}, {count(agent.holdsCredentials.length, "credential")}
        </Fact>
        {agent.reporterName !== null && (
          <Fact name="Seen by">
            <Said text={agent.reporterName} />
          </Fact>
        )}
        <Fact name="Open findings">
          {findings.length === 0 ? (
            "None"
          ) : (
            <Link
              to="/agents/$id"
              params={{ id: agent.id }}
              search={{ tab: "findings" }}
              className="text-accent hover:underline"
            >
              {count(findings.length, "finding")}
            </Link>
          )}
        </Fact>
        <Fact name="Now">
          {count(agent.tokens.length, "live token")},{" "}
          {count(agent.tasks.filter(({ open }) => open).length, "open task")}
        </Fact>
      </dl>
      <LowersMost risk={risk} />
    </div>
  )
}

function LowersMost({ risk }: Pick<AgentDetail, "risk">): ReactNode {
  if (!risk?.counterfactual) return null
  return (
    <div className="rounded-md bg-panel px-3 py-2.5">
      <p className="text-small text-faint">What lowers the risk most, to {risk.counterfactual.score}</p>
      <p>
        <Said text={risk.counterfactual.say} />
      </p>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] gap-3 border-b py-1.5">
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  )
}
