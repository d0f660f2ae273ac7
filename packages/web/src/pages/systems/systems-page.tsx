import type { ReactNode } from "react"
import { Page } from "../../components/page.tsx"
import { SystemsList } from "./systems-list.tsx"

/** What the agents reach together, the most used first. */
export function SystemsPage(): ReactNode {
  return (
    <Page title="Systems">
      <SystemsList />
    </Page>
  )
}
