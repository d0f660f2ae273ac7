import type { AgentDetail } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { OwnerMark } from "../../components/agent-marks.tsx"
import { Drawer, DrawerFact } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Icon } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { RiskMark } from "../../components/risk-mark.tsx"
import { Said } from "../../components/said.tsx"
import { useAgent } from "../../data/agents-query.ts"
import { AUTONOMY_WORDS } from "../../words/agent-words.ts"
import { count } from "../../words/count.ts"
import { AgentHead } from "../agent/agent-head.tsx"

/** One agent beside the list: what it is, how risky, whose, and how to stop it. */
export function AgentDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Agent" onClose={onClose}>
      <Link
        to="/agents/$id"
        params={{ id }}
        className="mb-3 inline-flex h-7 items-center gap-1 text-accent hover:underline"
      >
        Open the whole agent <Icon name="right" className="size-3.5" />
      </Link>
      <Loaded
        reading={readingOf(useAgent(id))}
        what="The agent"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(found) => <InShort agent={found} />}
      </Loaded>
    </Drawer>
  )
}

function InShort({ agent }: { agent: AgentDetail }): ReactNode {
  const { risk, findings } = agent
  return (
    <div className="space-y-5">
      <AgentHead agent={agent} level="h2" />
      <dl className="border-t pt-2">
        <DrawerFact name="Risk">
          <RiskMark risk={risk} />
        </DrawerFact>
        {risk && (
          <DrawerFact name="Access × autonomy">
            {risk.access} × {risk.autonomy}
          </DrawerFact>
        )}
        <DrawerFact name="Owner">
          <OwnerMark owner={agent.owner} orphaned={agent.orphaned} />
        </DrawerFact>
        {agent.maintainers.length > 0 && (
          <DrawerFact name="Maintainers">
            <Said text={agent.maintainers.map(({ name }) => name).join(", ")} />
          </DrawerFact>
        )}
        <DrawerFact name="Runs unasked">{AUTONOMY_WORDS[agent.autonomy].label}</DrawerFact>
        <DrawerFact name="Reaches">
          {count(agent.usesServers.length, "server")}, {count(agent.holdsCredentials.length, "credential")}
        </DrawerFact>
        {agent.reporterName !== null && (
          <DrawerFact name="Seen by">
            <Said text={agent.reporterName} />
          </DrawerFact>
        )}
        <DrawerFact name="Open findings">
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
        </DrawerFact>
        <DrawerFact name="Now">
          {count(agent.tokens.length, "live token")},{" "}
          {count(agent.tasks.filter(({ open }) => open).length, "open task")}
        </DrawerFact>
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
