import type { AgentDetail } from "@tabard/api"
import { getRouteApi, Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { useAgent } from "../../data/agents-query.ts"
import { AboutTab } from "../about/about-tab.tsx"
import { AccessTab } from "../access/access-tab.tsx"
import { AgentFindingsTab } from "../findings/agent-findings-tab.tsx"
import { IdentityTab } from "../identity/identity-tab.tsx"
import { ObservingBanner } from "../observe/observing-banner.tsx"
import { AgentHead } from "./agent-head.tsx"
import { TABS, type TabName } from "./agent-search.ts"
import { HistoryTab } from "./history-tab.tsx"
import { ManifestTab } from "./manifest-tab.tsx"
import { WaitingRenewal } from "./renewal.tsx"
import { Retirement } from "./retirement.tsx"
import { RiskTab } from "./risk-tab.tsx"
import { SeenTab } from "./seen-tab.tsx"
import { StandingBanner } from "./standing-banner.tsx"
import { TasksTab } from "./tasks-tab.tsx"

const route = getRouteApi("/agents/$id")

/** One agent: whose it is, what it may do, what it did, and how to stop it. */
export function AgentPage(): ReactNode {
  const { id } = route.useParams()
  return (
    <div className="mx-auto w-full max-w-[1440px] px-4 pt-4 pb-16 md:px-8">
      <p className="mb-2 text-small">
        <Link to="/agents" search={{}} className="text-faint hover:text-ink hover:underline">
          Agents
        </Link>
      </p>
      <Loaded
        key={id}
        reading={readingOf(useAgent(id))}
        what="The agent"
        loading={<SkeletonLines lines={10} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(agent) => <AgentStory agent={agent} />}
      </Loaded>
    </div>
  )
}

const CONTENT: Readonly<Record<TabName, (props: { agent: AgentDetail }) => ReactNode>> = {
  risk: RiskTab,
  access: AccessTab,
  findings: AgentFindingsTab,
  about: AboutTab,
  seen: SeenTab,
  manifest: ManifestTab,
  tasks: TasksTab,
  identity: IdentityTab,
  history: HistoryTab,
}

function AgentStory({ agent }: { agent: AgentDetail }): ReactNode {
  const { tab = "risk" } = route.useSearch()
  const navigate = route.useNavigate()
  const show = (name: TabName): void =>
    void navigate({ search: name === "risk" ? {} : { tab: name }, replace: true })
  return (
    <>
      <AgentHead agent={agent} />
      <StandingBanner agent={agent} />
      <ObservingBanner agent={agent} />
      <WaitingRenewal agent={agent} />
      <Retirement agent={agent} />
      <div className="mt-6">
        <PageTabs
          names={TABS}
          shown={tab}
          onShow={show}
          label={(name) => LABELS[name](agent)}
          // A manifest that is being written.
          kept="manifest"
        >
          {(name) => {
            const Content = CONTENT[name]
            return <Content agent={agent} />
          }}
        </PageTabs>
      </div>
    </>
  )
}

const LABELS: Readonly<Record<TabName, (agent: AgentDetail) => ReactNode>> = {
  risk: (agent) => <Counted word="Risk" count={some(agent.risk?.score ?? 0)} />,
  access: (agent) => <Counted word="Access" count={some(agent.usesServers.length)} />,
  findings: (agent) => (
    <Counted word="Findings" count={some(agent.findings.filter(({ state }) => state === "open").length)} />
  ),
  about: (agent) => <Counted word="About" count={agent.offer ? "offered" : ""} />,
  seen: () => "Seen",
  manifest: (agent) => <Counted word="Manifest" count={agent.manifest ? "" : "none"} />,
  tasks: (agent) => <Counted word="Tasks" count={some(agent.tasks.filter((task) => task.open).length)} />,
  identity: (agent) => (
    <Counted word="Identity" count={some(agent.instances.filter((one) => !one.revokedAt).length)} />
  ),
  history: () => "History",
}

function some(many: number): string {
  return many > 0 ? String(many) : ""
}

function Counted({ word, count }: { word: string; count: string }): ReactNode {
  return (
    <>
      {word}
      {count && <span className="text-small font-normal text-faint">{count}</span>}
    </>
  )
}
