import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { WithDrawer } from "../../components/drawer.tsx"
import { Page } from "../../components/page.tsx"
import { SaveCsvButton } from "../../components/save-csv-button.tsx"
import { FindingDrawer } from "./finding-drawer.tsx"
import { FindingsFilters } from "./findings-filters.tsx"
import { FindingsList } from "./findings-list.tsx"
import { type FindingsSearch, filterOf } from "./findings-search.ts"
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
  return (
    <Page
      title="Findings"
      beside={
        search.by === undefined && <SaveCsvButton ask={(client) => client.exportFindings(filterOf(search))} />
      }
    >
      <FindingsFilters search={search} onSearch={change} />
      <WithDrawer
        drawer={search.finding && <FindingDrawer key={search.finding} id={search.finding} onClose={close} />}
      >
        {search.by === "rules" ? <RulesList /> : <FindingsList search={search} />}
      </WithDrawer>
    </Page>
  )
}
