import type { NotificationView } from "@tabard/api"
import { Link, useRouter } from "@tanstack/react-router"
import { Popover } from "radix-ui"
import { type MouseEvent, type ReactNode, useState } from "react"
import { Button } from "../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../components/faces.tsx"
import { Icon } from "../components/icon.tsx"
import { Loaded, readingOf } from "../components/loaded.tsx"
import { Moment } from "../components/moment.tsx"
import { Said } from "../components/said.tsx"
import { useMarkRead, useNotifications } from "../data/notifications-query.ts"

/** More than this is told as “99+”. */
const MOST_SHOWN = 99

/** What one was told, behind a bell that says how much of it is unread. */
export function Bell(): ReactNode {
  const [open, setOpen] = useState(false)
  const unread = useNotifications().data?.pages[0]?.unread ?? 0
  const label = unread > 0 ? `Notifications, ${unread} unread` : "Notifications"
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={label}
        title={label}
        className="relative grid size-8 place-items-center rounded-md text-soft hover:bg-hover hover:text-ink"
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 left-4 rounded-full bg-accent-fill px-1 text-[0.625rem] leading-3.5 font-medium text-on-fill"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Notifications"
          className="appear z-50 flex max-h-[min(36rem,80dvh)] w-[min(26rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-lg bg-float shadow-float outline-none"
        >
          <Told unread={unread} onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Told({ unread, onLeave }: { unread: number; onLeave: () => void }): ReactNode {
  const query = useNotifications()
  const { mutate: mark, isPending } = useMarkRead()
  return (
    <>
      <header className="flex min-h-11 items-center justify-between gap-3 border-b px-3">
        <h2 className="font-semibold">Notifications</h2>
        {unread > 0 && (
          <Button size="small" look="quiet" busy={isPending} onClick={() => mark({})}>
            Mark {unread} as read
          </Button>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Loaded
          reading={readingOf(query)}
          what="Your notifications"
          loading={<SkeletonLines lines={5} />}
          isEmpty={({ pages }) => pages.every(({ items }) => items.length === 0)}
          empty={
            <EmptyFace title="You were told nothing yet">
              Questions, offers and findings that concern you will stand here.
            </EmptyFace>
          }
          partial={() => null}
        >
          {({ pages }) => <ToldList told={pages.flatMap(({ items }) => items)} onLeave={onLeave} />}
        </Loaded>
        {query.hasNextPage && (
          <div className="border-t p-1 text-center">
            <Button
              look="quiet"
              size="small"
              busy={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show older ones
            </Button>
          </div>
        )}
      </div>
      <footer className="border-t px-3 py-2 text-small">
        <Link
          to="/account"
          search={{ tab: "notifications" }}
          onClick={onLeave}
          className="text-accent hover:underline"
        >
          Choose what you are told of
        </Link>
      </footer>
    </>
  )
}

function ToldList(props: { told: readonly NotificationView[]; onLeave: () => void }): ReactNode {
  const { mutate: mark } = useMarkRead()
  return (
    <ul>
      {props.told.map((one) => (
        <li key={one.id} className="border-b last:border-b-0">
          <ToldRow
            one={one}
            onOpen={() => {
              if (!one.read) mark({ ids: [one.id] })
              props.onLeave()
            }}
          />
        </li>
      ))}
    </ul>
  )
}

/** A plain link, so that it can be opened elsewhere; here the console goes there by itself. */
function ToldRow({ one, onOpen }: { one: NotificationView; onOpen: () => void }): ReactNode {
  const { history } = useRouter()
  const open = (event: MouseEvent): void => {
    onOpen()
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    history.push(one.path)
  }
  return (
    <a
      href={one.path}
      onClick={open}
      className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-2.5 px-3 py-2.5 -outline-offset-2 hover:bg-hover"
    >
      <span className={`mt-1.5 size-1.5 rounded-full ${one.read ? "" : "bg-accent"}`}>
        {!one.read && <span className="sr-only">Unread: </span>}
      </span>
      <span className="min-w-0">
        <span className={`block text-pretty wrap-anywhere ${one.read ? "text-soft" : "font-medium"}`}>
          <Said text={one.title} />
        </span>
        {one.detail !== null && (
          <span className="line-clamp-2 text-small wrap-anywhere text-soft">
            <Said text={one.detail} />
          </span>
        )}
        <span className="block text-small text-faint">
          <Moment at={one.at} />
        </span>
      </span>
    </a>
  )
}
