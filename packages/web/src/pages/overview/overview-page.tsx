import type { OverviewView } from "@tabard/api"
import type { ReactNode } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Page } from "../../components/page.tsx"
import { useOverview } from "../../data/overview-query.ts"
import { useSeesWhole, useSignedIn } from "../../shell/signed-in-context.ts"
import { RiskPicture } from "../field/risk-picture.tsx"
import { AgentsByStanding } from "./agents-by-standing.tsx"
import { Changes } from "./changes.tsx"
import { LogState } from "./log-state.tsx"
import { Numbers } from "./numbers.tsx"
import { Offers } from "./offers.tsx"
import { Sources } from "./sources.tsx"
import { Standing } from "./standing.tsx"
import { Waiting } from "./waiting.tsx"
import { WorstFindings } from "./worst-findings.tsx"

/** Is anything wrong, what is waiting, what changed: in this order. */
export function OverviewPage(): ReactNode {
  const overview = useOverview()
  const { name } = useSignedIn().organisation
  return (
    <Page title="Overview">
      <Loaded
        reading={readingOf(overview)}
        what="The overview"
        loading={<OverviewSkeleton />}
        isEmpty={() => false}
        empty={name}
        partial={() => null}
      >
        {(data) => <Answers overview={data} />}
      </Loaded>
    </Page>
  )
}

function Answers({ overview }: { overview: OverviewView }): ReactNode {
  const seesWhole = useSeesWhole()
  return (
    <div className="space-y-8">
      <Standing overview={overview} />
      <Numbers overview={overview} />
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0 space-y-8 max-lg:order-2 lg:row-span-2">
          <RiskPicture />
          <WorstFindings overview={overview} />
          <AgentsByStanding />
          {seesWhole && <Sources scan={overview.scan} />}
        </div>
        <div className="min-w-0 space-y-8 max-lg:order-1">
          <Offers />
          <Waiting />
        </div>
        <div className="min-w-0 space-y-8 max-lg:order-3">
          <Changes events={overview.recent} />
          <LogState log={overview.log} />
        </div>
      </div>
    </div>
  )
}

function OverviewSkeleton(): ReactNode {
  return (
    <div className="space-y-8">
      <div aria-hidden="true" className="skeleton h-6 w-72" />
      <div aria-hidden="true" className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {["agents", "orphaned", "credentials", "questions"].map((figure) => (
          <div key={figure} className="skeleton h-16" />
        ))}
      </div>
      <SkeletonLines lines={8} />
    </div>
  )
}
