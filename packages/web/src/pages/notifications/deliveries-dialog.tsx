import type { ChannelView, DeliveryView } from "@tabard/api"
import type { DeliveryState } from "@tabard/core"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Dialog } from "../../components/dialog.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import type { IconName } from "../../components/icon.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Mark, type Tone } from "../../components/mark.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useDeliveries, useSendAgain } from "../../data/notifications-query.ts"
import { count } from "../../words/count.ts"
import { channelWords } from "../../words/notification-words.ts"
import { plainText } from "../../words/plain-text.ts"

const STATES: Readonly<Record<DeliveryState, { icon: IconName; tone: Tone; words: string }>> = {
  pending: { icon: "proposed", tone: "calm", words: "Waiting" },
  sent: { icon: "check", tone: "permit", words: "Sent" },
  failed: { icon: "warning", tone: "deny", words: "Failed" },
  dropped: { icon: "ended", tone: "faint", words: "Not sent" },
}

/** What goes and went through a channel, the newest first; what failed can be sent again. */
export function DeliveriesDialog({
  channel,
  onClose,
}: {
  channel: ChannelView
  onClose: () => void
}): ReactNode {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Deliveries of ${plainText(channel.name)}`}
      description="The newest fifty. What is answered with an error is tried again for some hours, less and less often."
    >
      <Loaded
        reading={readingOf(useDeliveries(channel.id))}
        what="The deliveries"
        loading={<SkeletonLines lines={4} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <EmptyFace title="Nothing went through it yet">
            Send a test to see whether the other end answers.
          </EmptyFace>
        }
        partial={() => null}
      >
        {({ items }) => (
          <ul className="border-t pb-2">
            {items.map((one) => (
              <li key={one.id} className="border-b px-5 py-2 last:border-b-0">
                <Row one={one} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Dialog>
  )
}

function Row({ one }: { one: DeliveryView }): ReactNode {
  const { mutate, isPending, error } = useSendAgain()
  const state = STATES[one.state]
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1">
        <span className="block text-pretty">
          {one.kind === null ? "Something past" : channelWords(one.kind)}
        </span>
        <span className="block text-small text-faint">
          {one.to !== null && (
            <>
              to <Said text={one.to} />
              {" · "}
            </>
          )}
          <Moment at={one.madeAt} />
          {one.tries > 0 && ` · ${count(one.tries, "try", "tries")}`}
          {one.said !== null && (
            <>
              {" · "}
              <Said text={one.said} />
            </>
          )}
        </span>
      </span>
      <span className="text-small">
        <Mark icon={state.icon} tone={state.tone}>
          {state.words}
        </Mark>
      </span>
      {one.state === "failed" && (
        <Button size="small" busy={isPending} onClick={() => mutate(one.id)}>
          Send again
        </Button>
      )}
      {error && <ProblemNote error={error} />}
    </div>
  )
}
