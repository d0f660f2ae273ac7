import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Page } from "../../components/page.tsx"
import { useShortcuts } from "../../shell/shortcuts.ts"
import { FindingDrawer } from "./finding-drawer.tsx"
import { FindingsFilters } from "./findings-filters.tsx"
import { FindingsList } from "./findings-list.tsx"
import type { FindingsSearch } from "./findings-search.ts"
import { RulesList } from "./rules-list.tsx"

const route = getRouteApi("/findings")

/** What is to be put right, the worst first; one of them opens beside the list. */
export function FindingsPage(): ReactNode {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: { [Key in keyof FindingsSearch]?: FindingsSearch[Key] | undefined }): void =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an undefined member leaves the address
    void navigate({ search: { ...search, ...next } as FindingsSearch, replace: true })
  const close = (): void => change({ finding: undefined })
  useShortcuts({ Escape: close })
  return (
    <Page title="Findings">
      <FindingsFilters search={search} onSearch={change} />
      <div className={search.finding ? "grid gap-x-8 lg:grid-cols-[minmax(0,1fr)_26rem]" : ""}>
        <div className="min-w-0">
          {search.by === "rules" ? <RulesList /> : <FindingsList search={search} />}
        </div>
        {search.finding && <FindingDrawer key={search.finding} id={search.finding} onClose={close} />}
      </div>
    </Page>
  )
}
