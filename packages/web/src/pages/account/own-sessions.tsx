import type { OwnSessionView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Frame } from "../../components/page.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useEndSession, useOwnSessions, useSignOutEverywhere } from "../../data/session-query.ts"
import { browserWords } from "../../words/browser-words.ts"
import { count } from "../../words/count.ts"

/** Where one is signed in; each is ended here, or all of them at once. */
export function OwnSessions(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useOwnSessions())}
      what="Your sessions"
      loading={<SkeletonLines lines={3} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ items }) => (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <p className="max-w-prose text-pretty text-soft">
              Each browser that is signed in as you. End what you do not know, and tell an administrator.
            </p>
            <Everywhere sessions={items.length} />
          </div>
          <Frame>
            <ul aria-label="Sessions">
              {items.map((session) => (
                <li
                  key={session.id}
                  className="grid min-h-12 items-center gap-x-4 gap-y-1 border-b px-3 py-2 last:border-b-0 md:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)_minmax(0,1fr)_6rem]"
                >
                  <SessionRow session={session} />
                </li>
              ))}
            </ul>
          </Frame>
        </>
      )}
    </Loaded>
  )
}

function SessionRow({ session }: { session: OwnSessionView }): ReactNode {
  const { mutate, isPending, error } = useEndSession()
  return (
    <>
      <span className="min-w-0">
        <span className="font-medium" title={session.agent ?? undefined}>
          <Said text={browserWords(session.agent)} />
        </span>
        {session.current && <span className="text-permit"> · this one</span>}
      </span>
      <span className="text-small text-soft">
        last used <Moment at={session.lastSeen} />
      </span>
      <span className="text-small text-faint">
        signed in <Moment at={session.startedAt} />, ends <Moment at={session.expiresAt} />
      </span>
      <span className="md:text-right">
        {!session.current && (
          <Button size="small" look="quiet" busy={isPending} onClick={() => mutate(session.id)}>
            End
          </Button>
        )}
      </span>
      <div className="md:col-span-4 empty:hidden">
        <ProblemNote error={error} />
      </div>
    </>
  )
}

function Everywhere({ sessions }: { sessions: number }): ReactNode {
  const [asked, setAsked] = useState(false)
  const { mutate, isPending, error } = useSignOutEverywhere()
  const close = (): void => setAsked(false)
  return (
    <>
      <Button onClick={() => setAsked(true)}>Sign out everywhere…</Button>
      <Dialog
        open={asked}
        onClose={close}
        title="Sign out everywhere?"
        description={`${count(sessions, "session")} end at once, this one too. You need a new way in afterwards: the provider, or a one-time link.`}
      >
        <div className="px-5 pb-2">
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={close}>
          <Button look="stop" busy={isPending} onClick={() => mutate()}>
            End {count(sessions, "session")}
          </Button>
        </DialogFoot>
      </Dialog>
    </>
  )
}
