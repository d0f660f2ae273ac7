import { MOST_OTHER_SERVERS } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useTokenSettings } from "../../data/issuer-query.ts"
import { otherServerKey } from "../../data/other-servers-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { AddOtherServerDialog } from "./add-other-server-dialog.tsx"
import { OtherServerRow } from "./other-server-row.tsx"

/** The authorization servers elsewhere to which clients may take their person, with this organisation's word for them. */
export function OtherServers(): ReactNode {
  const mayChange = useSignedIn().user.role === "administrator"
  const [adding, setAdding] = useState(false)
  const query = useTokenSettings()
  const hasRoom = query.data !== undefined && query.data.otherServers.length < MOST_OTHER_SERVERS
  return (
    <Section
      title="Servers elsewhere"
      beside={
        mayChange &&
        hasRoom && (
          <Button icon="plus" onClick={() => setAdding(true)}>
            List a server
          </Button>
        )
      }
    >
      <Loaded
        reading={readingOf(query)}
        what="The servers elsewhere"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ otherServers }) => otherServers.length === 0}
        empty={
          <Frame>
            <EmptyFace title="No client takes its person elsewhere">
              A registered client with a key takes its person to an authorization server that is listed for
              it, without another sign-in: by an identity assertion of ours.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ otherServers }) => (
          <Frame>
            <ul aria-label="Servers elsewhere">
              {otherServers.map((server) => (
                <li key={otherServerKey(server)} className="border-b last:border-b-0">
                  <OtherServerRow server={server} mayChange={mayChange} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {adding && <AddOtherServerDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}
