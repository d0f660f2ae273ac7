import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { EmptyFace, SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Frame, Section } from "../../components/page.tsx"
import { useSignalSources, useSignalStreams } from "../../data/signals-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { MakeSourceDialog } from "./make-source-dialog.tsx"
import { MakeStreamDialog } from "./make-stream-dialog.tsx"
import { SourceRow } from "./source-row.tsx"
import { StreamRow } from "./stream-row.tsx"

/** Who is told what happens to agents, and whose word about people and agents is acted upon. */
export function SignalsTab(): ReactNode {
  return (
    <div className="space-y-8">
      <p className="max-w-prose text-pretty text-soft">
        Signals (Shared Signals Framework, CAEP and RISC) carry what has ended from one system to another
        within seconds: a session, a key, an account.
      </p>
      <Sources />
      <Streams />
    </div>
  )
}

function Sources(): ReactNode {
  const mayAct = useIsSteward()
  const [making, setMaking] = useState(false)
  return (
    <Section
      title="Heard from others"
      beside={
        mayAct && (
          <Button icon="plus" onClick={() => setMaking(true)}>
            Add a source
          </Button>
        )
      }
    >
      <Loaded
        reading={readingOf(useSignalSources())}
        what="The sources"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="Nobody is heard yet">
              Add your identity provider, and when it ends somebody’s session, that person’s sessions and
              their agents’ tokens end here within a second.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Sources">
              {items.map((source) => (
                <li key={source.id} className="border-b last:border-b-0">
                  <SourceRow source={source} mayAct={mayAct} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {making && <MakeSourceDialog onClose={() => setMaking(false)} />}
    </Section>
  )
}

function Streams(): ReactNode {
  const mayAct = useIsSteward()
  const [making, setMaking] = useState(false)
  return (
    <Section
      title="Told to others"
      beside={
        mayAct && (
          <Button icon="plus" onClick={() => setMaking(true)}>
            Add a stream
          </Button>
        )
      }
    >
      <Loaded
        reading={readingOf(useSignalStreams())}
        what="The streams"
        loading={<SkeletonLines lines={2} />}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Frame>
            <EmptyFace title="Nobody is told yet">
              Add a stream, and a receiver ends at its side what ends here: an agent that is suspended, a key
              that is revoked, an owner who left.
            </EmptyFace>
          </Frame>
        }
        partial={() => null}
      >
        {({ items }) => (
          <Frame>
            <ul aria-label="Streams">
              {items.map((stream) => (
                <li key={stream.id} className="border-b last:border-b-0">
                  <StreamRow stream={stream} mayAct={mayAct} />
                </li>
              ))}
            </ul>
          </Frame>
        )}
      </Loaded>
      {making && <MakeStreamDialog onClose={() => setMaking(false)} />}
    </Section>
  )
}
