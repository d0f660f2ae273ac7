import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Page } from "../../components/page.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { useSeesWhole } from "../../shell/signed-in-context.ts"
import { CoverageTab } from "./coverage-tab.tsx"
import { GuardRailsTab } from "./guard-rails-tab.tsx"
import { POLICY_PARTS, type PoliciesSearch, type PolicyPart } from "./policies-search.ts"
import { SetsTab } from "./sets-tab.tsx"
import { TestsTab } from "./tests-tab.tsx"
import { TiersTab } from "./tiers-tab.tsx"
import { ToolsTab } from "./tools-tab.tsx"

const route = getRouteApi("/policies")
const PARTS = keysOf(POLICY_PARTS)
const [FIRST = "coverage"] = PARTS

/** What a part of the page is given: what the address says, and how to say something else. */
export interface PolicyPartProps {
  readonly search: PoliciesSearch
  readonly onSearch: (search: PoliciesSearch) => void
}

const CONTENT: Readonly<Record<PolicyPart, (props: PolicyPartProps) => ReactNode>> = {
  coverage: CoverageTab,
  "guard-rails": GuardRailsTab,
  tiers: TiersTab,
  sets: SetsTab,
  tools: ToolsTab,
  tests: TestsTab,
}

/** By what the organisation rules its agents, who wrote it, and what it comes to. */
export function PoliciesPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const seesWhole = useSeesWhole()
  const show = (next: PoliciesSearch): void => void navigate({ search: next, replace: true })
  return (
    <Page title="Policies">
      <PageTabs
        names={seesWhole ? PARTS : PARTS.filter((part) => part !== "sets" && part !== "tests")}
        shown={search.tab ?? FIRST}
        onShow={(tab) => show(tab === FIRST ? {} : { tab })}
        label={(part) => POLICY_PARTS[part]}
      >
        {(part) => {
          const Content = CONTENT[part]
          return <Content search={search} onSearch={show} />
        }}
      </PageTabs>
    </Page>
  )
}
