import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Page } from "../../components/page.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { OwnChoices } from "../notifications/own-choices.tsx"
import { ACCOUNT_WORDS, type AccountPart } from "./account-search.ts"
import { OwnClients } from "./own-clients.tsx"
import { OwnSessions } from "./own-sessions.tsx"
import { OwnTokens } from "./own-tokens.tsx"
import { Profile } from "./profile.tsx"

const route = getRouteApi("/account")
const PARTS = keysOf(ACCOUNT_WORDS)

// A part of the account is a name in ACCOUNT_WORDS and its content here.
const CONTENT: Readonly<Record<AccountPart, () => ReactNode>> = {
  profile: Profile,
  sessions: OwnSessions,
  clients: OwnClients,
  tokens: OwnTokens,
  notifications: OwnChoices,
}

/** Who one is here, where one is signed in, and what asks in one's name. */
export function AccountPage(): ReactNode {
  const { tab = "profile" } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page title="Your account">
      <PageTabs
        names={PARTS}
        shown={tab}
        onShow={(part) => void navigate({ search: part === "profile" ? {} : { tab: part }, replace: true })}
        label={(part) => ACCOUNT_WORDS[part]}
      >
        {(part) => {
          const Content = CONTENT[part]
          return <Content />
        }}
      </PageTabs>
    </Page>
  )
}
