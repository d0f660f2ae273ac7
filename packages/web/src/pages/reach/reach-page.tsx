import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Chip } from "../../components/chip.tsx"
import { Page } from "../../components/page.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { CredentialsSeen } from "./credentials-seen.tsx"
import { REACH_WORDS, type ReachSearch } from "./reach-search.ts"
import { ServersSeen } from "./servers-seen.tsx"
import { Systems } from "./systems.tsx"

const route = getRouteApi("/reach")
const LISTS = keysOf(REACH_WORDS)
const CONTENT: Readonly<Record<NonNullable<ReachSearch["list"]>, () => ReactNode>> = {
  systems: Systems,
  servers: ServersSeen,
  credentials: CredentialsSeen,
}

/** What the agents reach together: the systems, the servers that lead there, the credentials that open them. */
export function ReachPage(): ReactNode {
  const { list = "systems" } = route.useSearch()
  const navigate = route.useNavigate()
  const Content = CONTENT[list]
  return (
    <Page title="Reach">
      <div role="group" aria-label="Lists" className="mb-3 flex flex-wrap gap-1.5">
        {LISTS.map((one) => (
          <Chip
            key={one}
            on={list === one}
            count={undefined}
            onToggle={() => void navigate({ search: one === "systems" ? {} : { list: one }, replace: true })}
          >
            {REACH_WORDS[one]}
          </Chip>
        ))}
      </div>
      <Content />
    </Page>
  )
}
