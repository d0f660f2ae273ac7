import type { SessionView } from "@tabard/api"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Link } from "@tanstack/react-router"
import { DropdownMenu } from "radix-ui"
import type { ReactNode } from "react"
import { Icon } from "../components/icon.tsx"
import { Said } from "../components/said.tsx"
import { forgetSession } from "../data/cache.ts"
import { useClient } from "../data/client-context.ts"
import { LiveNotice } from "../live/live-notice.tsx"
import { SearchBox } from "../search/search-box.tsx"
import { Bell } from "./bell.tsx"
import { type Theme, useTheme } from "./theme-choice.ts"

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
}

/** Where the person is, what waits for them, and who they are. */
export function TopBar(props: {
  session: SessionView
  waiting: number
  onKeys: () => void
  onSearch: () => void
}): ReactNode {
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b bg-ground px-4 md:px-8">
      <img src="/tabard.svg" alt="Tabard" className="size-5 md:hidden" />
      <p className="truncate text-soft">
        <Said text={props.session.organisation.name} />
      </p>
      <div className="ml-auto flex items-center gap-1 md:ml-6">
        <SearchBox onOpen={props.onSearch} />
      </div>
      <div className="flex items-center gap-1 md:ml-auto">
        <LiveNotice />
        {props.waiting > 0 && <WaitingLink waiting={props.waiting} />}
        <IconButton label="Show the keys" className="max-md:hidden" onClick={props.onKeys}>
          <kbd className="font-sans text-body font-medium">?</kbd>
        </IconButton>
        <Bell />
        <ThemeButton />
        <PersonMenu session={props.session} />
      </div>
    </header>
  )
}

function WaitingLink({ waiting }: { waiting: number }): ReactNode {
  return (
    <Link
      to="/approvals"
      className="mr-1 flex h-7 items-center whitespace-nowrap max-md:hidden gap-1.5 rounded-full border border-edge px-2.5 text-small font-medium hover:bg-hover"
    >
      <span className="size-1.5 rounded-full bg-accent" />
      {waiting} waiting
    </Link>
  )
}

function ThemeButton(): ReactNode {
  const { theme, next } = useTheme()
  return (
    <IconButton label={THEME_WORDS[theme]} onClick={next}>
      <Icon name={theme} />
    </IconButton>
  )
}

function IconButton(props: {
  label: string
  className?: string
  onClick: () => void
  children: ReactNode
}): ReactNode {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
      className={`grid size-8 place-items-center rounded-md text-soft hover:bg-hover hover:text-ink ${props.className ?? ""}`}
    >
      {props.children}
    </button>
  )
}

function PersonMenu({ session: { user } }: { session: SessionView }): ReactNode {
  const client = useClient()
  const cache = useQueryClient()
  const leave = useMutation({ mutationFn: () => client.signOut({}), onSuccess: () => forgetSession(cache) })
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="flex h-8 max-w-44 items-center gap-1.5 rounded-md px-2 hover:bg-hover">
        <span className="truncate">
          <Said text={user.name} />
        </span>
        <Icon name="down" className="size-3 text-faint" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          className="appear z-50 w-60 rounded-lg bg-float p-1 shadow-float"
        >
          <div className="px-2.5 pt-1.5 pb-2">
            <p className="truncate font-medium">
              <Said text={user.name} />
            </p>
            <p className="truncate text-small text-faint">
              <Said text={`${user.email} · ${user.role}`} />
            </p>
          </div>
          <DropdownMenu.Item
            asChild
            className="flex h-8 items-center gap-2 rounded-md px-2.5 outline-none data-highlighted:bg-hover"
          >
            <Link to="/account">
              <Icon name="people" /> Your account
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            onSelect={() => leave.mutate()}
            className="flex h-8 items-center gap-2 rounded-md px-2.5 outline-none data-highlighted:bg-hover"
          >
            <Icon name="leave" /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
