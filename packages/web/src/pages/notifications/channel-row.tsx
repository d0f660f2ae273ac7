import type { ChannelView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Mark } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useNow } from "../../data/clock-context.ts"
import { useTestChannel } from "../../data/notifications-query.ts"
import { count } from "../../words/count.ts"
import { channelWords } from "../../words/notification-words.ts"
import { RemoveChannelDialog, RotateChannelDialog } from "./channel-dialogs.tsx"
import { channelStanding } from "./channel-standing.ts"
import { DeliveriesDialog } from "./deliveries-dialog.tsx"

const REFRESH_MS = 15_000

const KINDS: Readonly<Record<ChannelView["kind"], string>> = {
  email: "Mail to people",
  webhook: "Webhook, signed",
  slack: "Slack and its kin",
}

type Opened = "deliveries" | "rotate" | "remove"

/** One channel: what it is, how it does, and what can be done about it. */
export function ChannelRow({ channel }: { channel: ChannelView }): ReactNode {
  const [opened, setOpened] = useState<Opened>()
  const standing = channelStanding(channel, useNow(REFRESH_MS))
  const close = (): void => setOpened(undefined)
  return (
    <div className="grid gap-x-4 gap-y-2 px-3 py-3 md:grid-cols-[minmax(0,1.3fr)_minmax(0,0.8fr)_22rem] md:items-start">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">
          <Said text={channel.name} />
        </p>
        <p className="text-small wrap-anywhere text-faint">
          {KINDS[channel.kind]} · <Said text={channel.shown} />
        </p>
        <Carries channel={channel} />
      </div>
      <div className="min-w-0 text-small">
        <Mark icon={standing.icon} tone={standing.tone}>
          {standing.words}
        </Mark>
        <Fares channel={channel} />
      </div>
      <div className="flex flex-wrap gap-1.5 md:justify-end">
        <TestButton channel={channel} />
        <Button size="small" onClick={() => setOpened("deliveries")}>
          Deliveries
        </Button>
        {channel.kind === "webhook" && (
          <Button size="small" onClick={() => setOpened("rotate")}>
            New secret…
          </Button>
        )}
        {channel.kind !== "email" && (
          <Button size="small" onClick={() => setOpened("remove")}>
            Remove…
          </Button>
        )}
      </div>
      {opened === "deliveries" && <DeliveriesDialog channel={channel} onClose={close} />}
      {opened === "rotate" && <RotateChannelDialog channel={channel} onClose={close} />}
      {opened === "remove" && <RemoveChannelDialog channel={channel} onClose={close} />}
    </div>
  )
}

function Carries({ channel: { kind, kinds } }: { channel: ChannelView }): ReactNode {
  if (kind === "email") return <p className="text-small text-soft">Each person’s own choice</p>
  const told = kinds.map(channelWords).join("; ")
  return (
    <p className="text-small text-pretty text-soft" title={told}>
      {kinds.length <= 3 ? told : `Carries ${count(kinds.length, "kind")}`}
    </p>
  )
}

function Fares({ channel }: { channel: ChannelView }): ReactNode {
  const { failed, said, waiting, workedAt } = channel
  return (
    <>
      {said !== null && (
        <p className="text-pretty text-soft">
          <Said text={said} />
        </p>
      )}
      {workedAt !== null && (
        <p className="text-faint">
          last worked <Moment at={workedAt} />
        </p>
      )}
      {waiting > 0 && <p className="text-faint">{count(waiting, "delivery", "deliveries")} waiting</p>}
      {failed > 0 && <p className="text-deny">{count(failed, "delivery", "deliveries")} failed</p>}
    </>
  )
}

function TestButton({ channel: { id, kind } }: { channel: ChannelView }): ReactNode {
  const { mutate, isPending, data, error } = useTestChannel()
  return (
    <>
      <Button size="small" busy={isPending} onClick={() => mutate(id)}>
        {kind === "email" ? "Send yourself a test" : "Send a test"}
      </Button>
      <span role="status" className="w-full text-small text-soft empty:hidden md:order-last md:text-right">
        {data && (data.sent ? "The test was taken." : `The test was not taken: ${data.said ?? ""}.`)}
      </span>
      {error && <ProblemNote error={error} />}
    </>
  )
}
