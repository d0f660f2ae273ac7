import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame } from "../../components/page.tsx"
import { useChannels } from "../../data/notifications-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { ChannelRow } from "./channel-row.tsx"
import { CreateChannelDialog } from "./create-channel-dialog.tsx"

/** By what people and other systems are told: the installation's mail, webhooks and chat. */
export function Channels(): ReactNode {
  const isAdministrator = useSignedIn().user.role === "administrator"
  if (!isAdministrator)
    return (
      <EmptyFace title="Administrators look after channels">
        What you are told of yourself is under your name, in “Your account”.
      </EmptyFace>
    )
  return <AllChannels />
}

function AllChannels(): ReactNode {
  const [creating, setCreating] = useState(false)
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-pretty text-soft">
          A channel tells a room or another system what happens here. It carries what concerns the whole
          organisation, never what is one person’s own.
        </p>
        <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
          Add a channel
        </Button>
      </div>
      <Loaded
        reading={readingOf(useChannels())}
        what="The channels"
        loading={<SkeletonLines lines={3} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="There is no channel yet">
              Everybody is told behind the bell all the same. Mail goes out once the operator names a mail
              server.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Channels">
              {items.map((channel) => (
                <li key={channel.id} className="border-b last:border-b-0">
                  <ChannelRow channel={channel} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {creating && <CreateChannelDialog onClose={() => setCreating(false)} />}
    </>
  )
}
