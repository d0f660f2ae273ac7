import { getRouteApi } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { EmptyFace } from "../../components/faces.tsx"
import { Page } from "../../components/page.tsx"
import { PageTabs } from "../../components/page-tabs.tsx"
import { keysOf } from "../../shell/read-address.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { ClientsTab } from "../clients/clients-tab.tsx"
import { ExportTab } from "../export/export-tab.tsx"
import { IssuerTab } from "../issuer/issuer-tab.tsx"
import { Channels } from "../notifications/channels.tsx"
import { SignalsTab } from "../signals/signals-tab.tsx"
import { TrustTab } from "../trust/trust-tab.tsx"
import { AboutInstallation } from "./about-installation.tsx"
import { GeneralSettings } from "./general-settings.tsx"
import { OrganisationTokens } from "./organisation-tokens.tsx"
import { Provisioning } from "./provisioning.tsx"
import { SETTINGS_WORDS, type SettingsPart } from "./settings-search.ts"
import { SignInSettings } from "./sign-in-settings.tsx"

const route = getRouteApi("/settings")
const PARTS = keysOf(SETTINGS_WORDS)

// A part of the settings is a name in SETTINGS_WORDS and its content here.
const CONTENT: Readonly<Record<SettingsPart, () => ReactNode>> = {
  general: GeneralSettings,
  "sign-in": SignInSettings,
  clients: ClientsTab,
  trust: TrustTab,
  issuer: IssuerTab,
  provisioning: Provisioning,
  tokens: OrganisationTokens,
  notifications: Channels,
  export: ExportTab,
  signals: SignalsTab,
  about: AboutInstallation,
}

/** What holds for the whole organisation, and what runs here. */
export function SettingsPage(): ReactNode {
  const { tab = "general" } = route.useSearch()
  const navigate = route.useNavigate()
  if (useSignedIn().user.role === "member") {
    return (
      <Page title="Settings">
        <EmptyFace title="Settings are for those who see the whole organisation">
          Your own sessions and choices are under your name, in “Your account”.
        </EmptyFace>
      </Page>
    )
  }
  return (
    <Page title="Settings">
      <PageTabs
        names={PARTS}
        shown={tab}
        onShow={(part) => void navigate({ search: part === "general" ? {} : { tab: part }, replace: true })}
        label={(part) => SETTINGS_WORDS[part]}
      >
        {(part) => {
          const Content = CONTENT[part]
          return <Content />
        }}
      </PageTabs>
    </Page>
  )
}
