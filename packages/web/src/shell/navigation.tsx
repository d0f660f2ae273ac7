import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Icon, type IconName } from "../components/icon.tsx"
import { count } from "../words/count.ts"
import { useSignedIn } from "./signed-in-context.ts"

interface PlaceShown {
  readonly to:
    | "/"
    | "/agents"
    | "/approvals"
    | "/findings"
    | "/reach"
    | "/audit"
    | "/sources"
    | "/people"
    | "/settings"
  readonly label: string
  readonly icon: IconName
  /** Told to whoever sees the whole organisation, not to members. */
  readonly whole?: true
}

const PLACES: readonly PlaceShown[] = [
  { to: "/", label: "Overview", icon: "overview" },
  { to: "/agents", label: "Agents", icon: "agents" },
  { to: "/approvals", label: "Approvals", icon: "approvals" },
  { to: "/findings", label: "Findings", icon: "findings" },
  { to: "/reach", label: "Reach", icon: "key", whole: true },
  { to: "/audit", label: "Audit", icon: "audit" },
  { to: "/sources", label: "Sources", icon: "sources", whole: true },
  { to: "/people", label: "People", icon: "people", whole: true },
  { to: "/settings", label: "Settings", icon: "settings", whole: true },
]

/** The places of the console: a column beside the page, a bar under the thumb on a phone. */
export function Navigation({ waiting }: { waiting: number }): ReactNode {
  const isMember = useSignedIn().user.role === "member"
  return (
    <nav
      aria-label="Console"
      className="z-30 flex border-line bg-panel max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] md:sticky md:top-0 md:h-dvh md:w-52 md:shrink-0 md:flex-col md:border-r md:px-3 md:py-3"
    >
      <p className="mb-4 flex h-7 items-center gap-2 px-2 text-lead font-semibold tracking-tight max-md:hidden">
        <img src="/tabard.svg" alt="" className="size-5" />
        Tabard
      </p>
      <ul className="flex gap-0.5 max-md:w-full max-md:overflow-x-auto md:flex-col">
        {PLACES.filter(({ whole }) => !(whole && isMember)).map((place) => (
          <li key={place.to} className="max-md:min-w-17 max-md:flex-1">
            <Place {...place} waiting={place.to === "/approvals" ? waiting : 0} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Place({ to, label, icon, waiting }: PlaceShown & { waiting: number }): ReactNode {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      className="relative flex items-center gap-2.5 rounded-md text-soft hover:text-ink max-md:h-14 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:text-small md:h-8 md:px-2 md:hover:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink md:aria-[current=page]:bg-hover"
    >
      <Icon name={icon} className="size-4 max-md:size-5" />
      {label}
      {waiting > 0 && (
        <span className="rounded-full bg-accent-fill px-1.5 text-small leading-4.5 font-medium text-on-fill max-md:absolute max-md:top-1 max-md:left-1/2 max-md:ml-2.5 md:ml-auto">
          {waiting}
          <span className="sr-only"> {count(waiting, "question")} waiting</span>
        </span>
      )}
    </Link>
  )
}
