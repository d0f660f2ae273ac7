import { Outlet } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { useOverview } from "../data/overview-query.ts"
import { useLiveChanges } from "../live/use-live-changes.ts"
import { useSearchPalette } from "../search/use-search-palette.tsx"
import { HealthBanner } from "./health-banner.tsx"
import { KeysDialog } from "./keys-dialog.tsx"
import { Navigation } from "./navigation.tsx"
import { moveRow } from "./row-keys.ts"
import { useShortcuts } from "./shortcuts.ts"
import { useSignedIn } from "./signed-in-context.ts"
import { TopBar } from "./top-bar.tsx"

/** What stands around every page: the places, the bar, and the keys that work everywhere. */
export function Shell(): ReactNode {
  const session = useSignedIn()
  useLiveChanges()
  const [keysShown, setKeysShown] = useState(false)
  const waiting = useOverview().data?.pendingApprovals ?? 0
  const search = useSearchPalette()
  useShortcuts({
    j: () => moveRow(1),
    k: () => moveRow(-1),
    "?": () => setKeysShown(true),
    "/": search.open,
    "mod+k": search.open,
  })
  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <a
        href="#main"
        className="absolute -top-20 left-4 z-50 rounded-md bg-float px-3 py-2 shadow-float focus:top-3"
      >
        Skip to the page
      </a>
      <Navigation waiting={waiting} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar
          session={session}
          waiting={waiting}
          onKeys={() => setKeysShown(true)}
          onSearch={() => search.open()}
        />
        <HealthBanner />
        <main id="main" tabIndex={-1} className="flex-1 outline-none max-md:pb-16">
          <Outlet />
        </main>
      </div>
      <KeysDialog open={keysShown} onClose={() => setKeysShown(false)} />
      {search.palette}
    </div>
  )
}
